import "server-only";
import { isAppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { processState } from "@/lib/kit/process-state";
import { setupNotice, startUp } from "./start-up";
import { closeDatabase } from "./store";

/** Set by the front door, which reports by itself. */
export const frontDoor = (): { open: boolean } =>
  processState("front-door", () => ({ open: false }));

/** The start under `next dev`: the same as the front door's, reported on the terminal. */
export async function openForNext(): Promise<void> {
  if (frontDoor().open) return;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void closeDatabase().catch(() => undefined));
  }
  try {
    const { setupUrl } = await startUp();
    if (setupUrl) process.stdout.write(setupNotice(setupUrl));
  } catch (err) {
    if (isAppError(err)) log.error([err.message, err.fix].filter(Boolean).join(" "));
    else log.error({ err }, "Gatehouse could not start");
  }
}
