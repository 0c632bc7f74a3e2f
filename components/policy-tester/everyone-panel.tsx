"use client";
import { Button } from "@/components/ui/button";
import { EveryoneAnswer } from "./everyone-answer";
import { TestFailure } from "./person-answer";
import type { PolicyTesterProps, TestedEveryone, TesterSubject } from "./subject";
import { useTest } from "./use-test";

interface EveryonePanelProps extends Pick<PolicyTesterProps, "subject" | "actions"> {
  type: TesterSubject["type"];
}

/** Who would gain and who would lose by what stands on the page and is not saved. */
export function EveryonePanel({ type, subject, actions }: EveryonePanelProps) {
  const { run, answer, failure, pending } = useTest<TestedEveryone>(subject);
  return (
    <div>
      <p className="mb-3 max-w-prose text-muted">
        Judges everybody in the user registry who is not disabled, with the identity of their last
        sign-in, and compares what stands here with what is saved
        {type !== "application" && ", in every application that uses it"}. Addresses and countries
        are not known.
      </p>
      <Button
        pending={pending}
        onClick={() => run((tested) => actions.testEveryone({ subject: tested }))}
      >
        Test everyone
      </Button>
      <div role="status">
        {pending && (
          <p className="appear-late mt-3 text-muted">Judging everybody in the user registry…</p>
        )}
        {!pending && answer && <EveryoneAnswer type={type} answer={answer} />}
      </div>
      {failure && (
        <div className="mt-3">
          <TestFailure failure={failure} />
        </div>
      )}
    </div>
  );
}
