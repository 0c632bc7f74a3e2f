import "server-only";
import { isAppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import type { OpenLoginMethod } from "@/lib/login-methods/row";
import { openLoginMethod } from "@/lib/login-methods/store";
import { complete } from "@/lib/oidc/round-trip";
import type { Diagnosis, Outcome, TraceStep } from "@/lib/oidc/schema";
import { outboundPolicy } from "@/lib/team/store";
import { stepAfter, withFailedStep } from "@/lib/test-runs/diagnoses";
import { identityOf } from "@/lib/users/identity";
import type { PersonIdentity } from "@/lib/users/schema";
import { changedDuringLogin, couldNotRun, methodClosed, neverTested } from "./diagnoses";
import { issuerOf, knowsIssuer } from "./issuer-of";
import { type Claim, endLogin } from "./store";

export type Method = Pick<OpenLoginMethod, "id" | "name" | "kind">;

export type Finish =
  /** The login is still at work: whoever goes on must end it. */
  | { kind: "identified"; method: Method; person: PersonIdentity; outcome: Outcome }
  | { kind: "failed"; method: Method | null; diagnosis: Diagnosis };

/** Ends a login that goes no further; its trace shows why, and what was found before. */
export async function breakOff(
  { login, steps }: Pick<Claim, "login" | "steps">,
  diagnosis: Diagnosis,
  outcome: Partial<Outcome> = {},
  status: "failed" | "denied" = "failed",
): Promise<void> {
  const traced = withFailedStep(outcome.steps ?? steps, diagnosis);
  await endLogin(login, status, { ...outcome, status: "failed", steps: traced, diagnosis });
}

async function openIfAny({ login }: Claim): Promise<OpenLoginMethod | null> {
  try {
    return await openLoginMethod(login, login.loginMethodId);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
}

/** Why the answer to a login cannot be used, before anything of it is read. */
function refusal(claim: Claim, opened: OpenLoginMethod): Diagnosis | null {
  if (!opened.enabled) return methodClosed();
  if (opened.fingerprint !== claim.fingerprint) return changedDuringLogin();
  return knowsIssuer(opened.connection) ? null : neverTested();
}

async function roundTrip(
  claim: Claim,
  opened: OpenLoginMethod,
  query: URLSearchParams,
  seen: (steps: TraceStep[]) => void,
): Promise<Finish> {
  const { connection, advice, id, name, kind } = opened;
  const method = { id, name, kind };
  const { steps, secrets, redirectUri } = claim;
  const attempt = { ...secrets, redirectUri };
  const context = { steps, onStep: seen, advice };
  const outcome = await complete(connection, await outboundPolicy(), attempt, query, context);
  if (outcome.status === "failed" || !outcome.identity) {
    await endLogin(claim.login, "failed", outcome);
    const diagnosis = outcome.diagnosis ?? couldNotRun(null, "identity", claim.ref);
    return { kind: "failed", method, diagnosis };
  }
  const person = identityOf(outcome.identity, method, issuerOf(connection, outcome));
  return { kind: "identified", method, person, outcome };
}

/**
 * The second half of a login: what came back is verified by the engine that Test uses, under the very
 * settings that the login began with. Throws nothing that a provider or a setting can cause.
 */
export async function finishLogin(claim: Claim, query: URLSearchParams): Promise<Finish> {
  let { steps } = claim;
  let method: Method | null = null;
  try {
    const opened = await openIfAny(claim);
    method = opened && { id: opened.id, name: opened.name, kind: opened.kind };
    const refused = opened ? refusal(claim, opened) : methodClosed();
    if (opened && !refused) {
      return await roundTrip(claim, opened, query, (newest) => {
        steps = newest;
      });
    }
    const diagnosis = refused ?? methodClosed();
    await breakOff(claim, diagnosis);
    return { kind: "failed", method, diagnosis };
  } catch (err) {
    log.error({ err, ref: claim.ref, loginId: claim.login.loginId }, "a login could not go on");
    const diagnosis = couldNotRun(err, stepAfter(steps), claim.ref);
    await breakOff({ ...claim, steps }, diagnosis);
    return { kind: "failed", method, diagnosis };
  }
}
