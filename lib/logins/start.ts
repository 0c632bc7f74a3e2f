import "server-only";
import type { DataPlane } from "@/lib/kit/data-plane";
import { isAppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import type { OpenLoginMethod } from "@/lib/login-methods/row";
import { openLoginMethod } from "@/lib/login-methods/store";
import { prepare } from "@/lib/oidc/round-trip";
import type { Diagnosis, TraceStep } from "@/lib/oidc/schema";
import { outboundPolicy } from "@/lib/team/store";
import { stepAfter, withFailedStep } from "@/lib/test-runs/diagnoses";
import { newSecrets } from "./attempt";
import { couldNotRun, neverTested } from "./diagnoses";
import { knowsIssuer } from "./issuer-of";
import { keysReadLately, noteKeysRead } from "./keys-read";
import { askingForAnotherAccount } from "./other-account";
import type { LoginTarget } from "./schema";
import { type Departure, newLogin, saveLogin } from "./store";

export interface Beginning {
  loginMethodId: string;
  target: LoginTarget;
  /** Value of the browser's CF_Session cookie. */
  browser: string;
  redirectUri: string;
  /** Speakable reference of this login. */
  ref: string;
  ip: string | null;
  userAgent: string | null;
}

type Method = Pick<OpenLoginMethod, "id" | "name" | "kind">;

export type Start =
  | { kind: "provider"; url: string }
  | { kind: "closed"; method: Method | null }
  | { kind: "failed"; method: Method; loginId: string; diagnosis: Diagnosis };

async function openIfAny(login: ReturnType<typeof newLogin>): Promise<OpenLoginMethod | null> {
  try {
    return await openLoginMethod(login, login.loginMethodId);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
}

/** Anybody can begin logins, so what they store is short: long answers are kept of those that fail. */
const withoutBodies = (steps: readonly TraceStep[]): TraceStep[] =>
  steps.map((step) => ({
    ...step,
    exchanges: step.exchanges.map((exchange) => ({ ...exchange, responseBody: null })),
  }));

/** The first half of a login: to the provider, through the same engine as Test, with its trace kept. */
export async function startLogin(dataPlane: DataPlane, beginning: Beginning): Promise<Start> {
  const { loginMethodId, redirectUri, ref, ...rest } = beginning;
  const login = newLogin(dataPlane, loginMethodId);
  const opened = await openIfAny(login);
  if (!opened?.enabled) return { kind: "closed", method: opened };
  const { id, name, kind, advice, fingerprint } = opened;
  const method = { id, name, kind };
  const secrets = newSecrets();
  const departure: Departure = { ...rest, redirectUri, ref, secrets, fingerprint };

  const failed = async (steps: readonly TraceStep[], diagnosis: Diagnosis): Promise<Start> => {
    await saveLogin(login, departure, { status: "failed", steps, diagnosis });
    return { kind: "failed", method, loginId: login.loginId, diagnosis };
  };
  if (!knowsIssuer(opened.connection)) {
    const diagnosis = neverTested();
    return failed(withFailedStep([], diagnosis), diagnosis);
  }
  const connection = rest.target.otherAccount
    ? askingForAnotherAccount(kind, opened.connection)
    : opened.connection;
  let steps: readonly TraceStep[] = [];
  try {
    const onStep = (newest: TraceStep[]) => {
      steps = newest;
    };
    const attempt = { ...secrets, redirectUri };
    const keysRead = keysReadLately(opened);
    const context = { steps: [], onStep, advice, keysRead };
    const ready = await prepare(connection, await outboundPolicy(), attempt, context);
    if (ready.url === null || ready.diagnosis) {
      return await failed(ready.steps, ready.diagnosis ?? couldNotRun(null, "authorize", ref));
    }
    noteKeysRead(opened, ready.steps);
    await saveLogin(login, departure, { status: "waiting", steps: withoutBodies(ready.steps) });
    return { kind: "provider", url: ready.url };
  } catch (err) {
    log.error({ err, ref, loginId: login.loginId }, "a login could not begin");
    const diagnosis = couldNotRun(err, stepAfter(steps), ref);
    return failed(withFailedStep(steps, diagnosis), diagnosis);
  }
}
