import { AppError } from "@/lib/kit/errors";
import type { TestRun } from "@/lib/test-runs/schema";
import { identityOf } from "@/lib/users/identity";
import type { PersonIdentity } from "@/lib/users/schema";

/** Who came back in a test run, as a login would know them. AppError for a run without an identity. */
export function personOfRun(run: TestRun): PersonIdentity {
  const { identity, claims } = "identity" in run ? run : { identity: null, claims: null };
  if (!identity) {
    throw new AppError("not_found", "That test brought no identity.", {
      fix: "Choose a test that passed.",
    });
  }
  const iss = claims?.idTokenPayload?.iss;
  return identityOf(identity, run.loginMethod, typeof iss === "string" ? iss : "test");
}
