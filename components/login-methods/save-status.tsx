import { Time } from "@/components/ui/time";
import type { LastTested } from "@/lib/test-runs/schema";
import type { DraftState } from "./use-draft-test";

type Ended = Pick<LastTested, "status" | "failedTitle">;

export const hasPassed = ({ status }: Pick<LastTested, "status">): boolean =>
  status === "passed" || status === "passed_with_warnings";

const failedWords = ({ status, failedTitle }: Ended): string =>
  `Last test failed: ${failedTitle ?? (status === "timed_out" ? "nobody came back" : "see its result")}`;

/** Whether what is saved was tested, in these words: Tested, Never tested … */
export function SavedStatus({ run, fingerprint }: { run: LastTested | null; fingerprint: string }) {
  if (!run) return "Never tested";
  if (run.fingerprint !== fingerprint) return "Changed since the last test";
  if (!hasPassed(run)) return failedWords(run);
  return (
    <>
      {run.status === "passed" ? "Tested" : "Tested, with warnings,"} <Time value={run.at} />
    </>
  );
}

/** Whether exactly these unsaved settings were tested. */
export function draftWords(state: DraftState): string {
  if (state === "not_tested") return "Not tested yet";
  if (state === "being_tested") return "Being tested";
  return hasPassed(state) ? "Tested, not saved" : failedWords(state);
}
