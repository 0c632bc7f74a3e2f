import { isAppError } from "@/lib/kit/errors";
import { type Advice, diagnosisFor } from "@/lib/oidc/diagnose";
import { type Diagnosis, STEPS, type Step, type TraceStep } from "@/lib/oidc/schema";

/**
 * Ends of a run that no round trip reaches: they come from the browser, from time or from this
 * installation. Those that the engine's catalogue knows are taken from it.
 */
const diagnosis = (
  code: string,
  step: Step,
  text: Pick<Diagnosis, "title" | "cause" | "fixes">,
  facts: Diagnosis["facts"] = [],
): Diagnosis => ({
  code,
  step,
  field: null,
  facts,
  remedies: [],
  ...text,
});

export const neverLeft = (): Diagnosis =>
  diagnosis("never_left", "configuration", {
    title: "The test tab did not open",
    cause: "The test was started, but no browser opened the page that leads to your provider.",
    fixes: [
      "Choose Test again, and let the new tab open.",
      "If the tab shows an error, check that the team domain leads to this Gatehouse.",
    ],
  });

export const noCallback = (redirectUri: string, advice: Advice): Diagnosis =>
  diagnosisFor("no_callback", "callback", [{ label: "Callback URL", value: redirectUri }], advice);

export const interrupted = (steps: readonly TraceStep[]): Diagnosis =>
  diagnosis("interrupted", stepAfter(steps), {
    title: "The test was interrupted",
    cause: "Gatehouse stopped or lost its database while this test was running.",
    fixes: ["Choose Test again. Nothing was changed by this run."],
  });

export const browserMismatch = (cookieCame: boolean): Diagnosis =>
  diagnosisFor("browser_mismatch", "callback", [
    { label: "Cookie of this test", value: cookieCame ? "of another browser" : "did not come" },
    { label: "Code", value: "not used" },
  ]);

export const changedDuringTest = (before: number, now: number): Diagnosis =>
  diagnosis(
    "changed_during_test",
    "callback",
    {
      title: "The login method was changed during the test",
      cause:
        "Its settings were saved again after your browser left for the provider, so this answer belongs to the old settings.",
      fixes: ["Choose Test again to test the settings as they are now."],
    },
    [
      { label: "Version that was sent", value: String(before) },
      { label: "Version now", value: String(now) },
    ],
  );

/** For what Gatehouse itself could not do; the reference is in the log. */
export function couldNotRun(error: unknown, step: Step, reference: string): Diagnosis {
  const facts = [{ label: "Reference", value: reference }];
  if (isAppError(error)) {
    return diagnosis(
      error.code,
      step,
      {
        title: "Gatehouse could not run this test",
        cause: error.message,
        fixes: error.fix ? [error.fix] : ["Choose Test again."],
      },
      facts,
    );
  }
  return diagnosis(
    "internal",
    step,
    {
      title: "Gatehouse could not finish this test",
      cause: "Something went wrong inside Gatehouse. Nothing was changed.",
      fixes: [`Choose Test again. If it happens again, look for ${reference} in the server log.`],
    },
    facts,
  );
}

/** The first step that has no entry in the trace. */
export const stepAfter = (steps: readonly TraceStep[]): Step =>
  STEPS.find((step) => !steps.some((done) => done.step === step)) ?? "identity";

/** A trace with its failing step, for an end that the engine did not reach. */
export const withFailedStep = (
  steps: readonly TraceStep[],
  { step, title, facts }: Diagnosis,
): TraceStep[] => [
  ...steps.filter((done) => done.step !== step),
  { step, status: "failed", summary: `${title}.`, ms: 0, facts, exchanges: [] },
];
