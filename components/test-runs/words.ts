import { STEP_WORDS } from "@/lib/test-runs/report/words";
import type { TestRun, TestRunState } from "@/lib/test-runs/schema";

export const STEP_LABELS = STEP_WORDS;

export const STATE_LABELS: Record<TestRunState, string> = {
  waiting: "Waiting",
  running: "Running",
  passed: "Passed",
  passed_with_warnings: "Passed with warnings",
  failed: "Failed",
  timed_out: "Timed out",
  cancelled: "Cancelled",
};

const NEW = "/settings/authentication/login-methods/new";

export const methodPath = (loginMethodId: string): string =>
  `/settings/authentication/login-methods/${loginMethodId}`;

export const runPath = (loginMethodId: string, runId: string): string =>
  `${methodPath(loginMethodId)}/tests/${runId}`;

/**
 * The form of a login method, saved or not: `draft` opens it with settings that were tested, `fix`
 * with a fix applied, `run` follows a test, `field` begins at a field.
 */
export function formPath(
  { loginMethodId, kind, saved }: { loginMethodId: string; kind: string; saved: boolean },
  query: Partial<Record<"draft" | "fix" | "run" | "field", string | null>> = {},
): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  const path = saved ? methodPath(loginMethodId) : `${NEW}/${kind}`;
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}

/** Where the form of a Test button is sent. */
export const testPath = (loginMethodId: string): string => `${methodPath(loginMethodId)}/tests/new`;

/** Milliseconds as a person reads them: `42 ms`, `3.1 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1_000)} s`;
}

/** Seconds as a clock: `0:07`. */
export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** The sentence that stands over the result. */
export function resultHeadline(run: TestRun): string {
  switch (run.state) {
    case "waiting":
    case "running":
      return `Testing ${run.loginMethod.name}`;
    case "passed":
    case "passed_with_warnings":
      return "Your connection works!";
    case "failed":
    case "timed_out":
      return run.diagnosis.title;
    case "cancelled":
      return "The test was cancelled";
  }
}
