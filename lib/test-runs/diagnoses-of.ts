import type { Diagnosis } from "@/lib/oidc/schema";
import type { TestRun } from "./schema";

/** What a run has to say: why it failed, then its warnings. The place in this list names a fix. */
export function diagnosesOf(run: TestRun): Diagnosis[] {
  const failed = "diagnosis" in run ? [run.diagnosis] : [];
  return "warnings" in run ? [...failed, ...run.warnings] : failed;
}
