"use client";
import { ShareTestLink } from "@/components/test-links/share-test-link";
import { Button } from "@/components/ui/button";
import { SIGN_IN_MINUTES, type TestRun } from "@/lib/test-runs/schema";
import { NoAnswerHelp } from "./no-answer-help";
import { useCancel, useElapsedSeconds } from "./use-test-run";
import { clock } from "./words";

/** Long enough to sign in; whoever is still there may be looking at an error page. */
const ASK_AFTER_SECONDS = 20;

type LiveTestRun = Extract<TestRun, { state: "waiting" | "running" }>;

function headline(run: LiveTestRun): string {
  if (run.state === "running") return `Checking the answer of ${run.loginMethod.name}`;
  return run.left
    ? `Waiting for you to sign in at ${run.loginMethod.name}`
    : "Opening the page of your provider";
}

/** The state of a live run in words, with what can be done while nothing comes back. */
export function Waiting({ run, mayCancel }: { run: LiveTestRun; mayCancel: boolean }) {
  const elapsed = useElapsedSeconds(run);
  const cancel = useCancel(run.id);
  const away = run.state === "waiting" && run.left;
  return (
    <div className="grid gap-3">
      <div>
        <p role="status" className="font-semibold">
          {headline(run)}
        </p>
        <p className="text-muted">
          <span className="tabular-nums">{clock(elapsed)}</span> so far.{" "}
          {away && `Sign in within ${SIGN_IN_MINUTES} minutes, in this browser.`}
        </p>
      </div>
      {away && elapsed >= ASK_AFTER_SECONDS && <NoAnswerHelp redirectUri={run.redirectUri} />}
      {mayCancel && (
        <div className="flex flex-wrap items-center gap-3">
          {run.state === "waiting" && !run.byLink && (
            <ShareTestLink
              label="Copy test link"
              loginMethodId={run.loginMethod.id}
              name={run.loginMethod.name}
              draftId={run.draftId}
            />
          )}
          <Button pending={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel
          </Button>
          {cancel.isError && (
            <span role="alert" className="text-danger">
              It could not be cancelled. {cancel.error.message}
            </span>
          )}
        </div>
      )}
    </div>
  );
}
