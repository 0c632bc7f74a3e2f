import "server-only";
import { log } from "@/lib/kit/log";
import type { RunCapability } from "@/lib/kit/run-capability";
import { openDraft } from "@/lib/login-methods/drafts/store";
import { learnsIssuer, pinIssuer } from "@/lib/login-methods/pinned-issuer/store";
import { openLoginMethod } from "@/lib/login-methods/store";
import { withoutWeakening } from "@/lib/oidc/remedies/weakening";
import { complete, prepare } from "@/lib/oidc/round-trip";
import type { Diagnosis, Step, TraceStep } from "@/lib/oidc/schema";
import { outboundPolicy } from "@/lib/team/store";
import { openAttempt } from "./attempt";
import {
  awaitCallback,
  type Claim,
  claimByTicket,
  claimCallback,
  endTestRun,
  findByState,
  saveProgress,
} from "./claims/store";
import {
  browserMismatch,
  changedDuringTest,
  couldNotRun,
  stepAfter,
  withFailedStep,
} from "./diagnoses";
import { progressTo } from "./progress";
import { seenIn } from "./seen-claims/seen";
import { claimsOfLastPass, rememberClaims } from "./seen-claims/store";

/** A run whose result page is where the browser belongs. */
interface SeeResult {
  kind: "result";
  runId: string;
  loginMethodId: string;
  /** Whether a shared link began it: then the result page is not the console's. */
  byLink: boolean;
}
export type Departure =
  | (SeeResult & { browserToken?: string })
  | { kind: "provider"; url: string; runId: string; browserToken: string; redirectUri: string }
  | { kind: "unknown" };
export type Arrival =
  | SeeResult
  | { kind: "unknown" }
  | (Omit<SeeResult, "kind"> & { kind: "other_browser" });

const seeResult = ({ run, linkId }: Claim): SeeResult => ({
  kind: "result",
  runId: run.runId,
  loginMethodId: run.loginMethodId,
  byLink: linkId !== null,
});

/** What a run tests: its draft, or the saved settings. */
const openSubject = (run: RunCapability) =>
  run.draftId === null
    ? openLoginMethod(run, run.loginMethodId)
    : openDraft(run, { id: run.draftId, loginMethodId: run.loginMethodId });

async function fail(
  { run }: Claim,
  diagnosis: Diagnosis,
  steps: readonly TraceStep[],
): Promise<void> {
  await endTestRun(run, "failed", { steps: withFailedStep(steps, diagnosis), diagnosis });
}

/** Runs one leg of the trip; what only Gatehouse can get wrong becomes a failed run, not a lost one. */
async function guarded(
  claim: Claim,
  step: (steps: readonly TraceStep[]) => Step,
  leg: (seen: (steps: TraceStep[]) => void) => Promise<void>,
): Promise<void> {
  const progress = progressTo((steps) => saveProgress(claim.run, steps));
  let steps = claim.steps;
  try {
    await leg((newest) => {
      steps = newest;
      progress.report(newest);
    });
  } catch (err) {
    const reference = claim.run.runId.slice(0, 8);
    log.error({ err, ref: reference, runId: claim.run.runId }, "a test run could not go on");
    await progress.settled();
    await fail(claim, couldNotRun(err, step(steps), reference), steps);
  }
  await progress.settled();
}

/**
 * Spends a run's ticket and works out where to send the browser. Failing that, the run ends and the
 * browser goes to its result.
 */
export async function departForProvider(runId: string, ticket: string): Promise<Departure> {
  const taken = await claimByTicket(runId, ticket);
  if (taken.kind === "unknown") return taken;
  if (taken.kind === "used") {
    return { kind: "result", runId, loginMethodId: taken.loginMethodId, byLink: false };
  }

  const { claim, browserToken } = taken;
  let departure: Departure = { ...seeResult(claim), browserToken };
  await guarded(claim, stepAfter, async (seen) => {
    const { run, redirectUri, sealed } = claim;
    const tested = await openSubject(run);
    const { connection, advice } = tested;
    const attempt = { ...openAttempt(runId, sealed), redirectUri };
    const context = { steps: [], onStep: seen, advice };
    const ready = await prepare(connection, await outboundPolicy(), attempt, context);
    seen(ready.steps);
    if (ready.url === null) {
      const { steps, diagnosis } = ready;
      await endTestRun(run, "failed", { steps, diagnosis });
    } else if (await awaitCallback(run, tested, ready.steps)) {
      departure = { kind: "provider", url: ready.url, runId, browserToken, redirectUri };
    }
  });
  return departure;
}

async function finish(claim: Claim, query: URLSearchParams): Promise<void> {
  const { run, version, fingerprint, linkId, redirectUri, sealed, steps } = claim;
  await guarded(claim, stepAfter, async (seen) => {
    const opened = await openSubject(run);
    if (opened.fingerprint !== fingerprint) {
      await fail(claim, changedDuringTest(version, opened.version), steps);
      return;
    }
    const { connection, advice } = opened;
    const attempt = { ...openAttempt(run.runId, sealed), redirectUri };
    const previousClaims = await claimsOfLastPass(run);
    const context = { steps, onStep: seen, advice, previousClaims };
    const told = await complete(connection, await outboundPolicy(), attempt, query, context);
    const outcome = linkId === null ? told : withoutWeakening(told);
    const ended = await endTestRun(run, outcome.status, outcome);
    if (ended && outcome.status !== "failed") await rememberClaims(run, seenIn(outcome));
    if (run.draftId !== null) return;
    if (ended && outcome.status !== "failed" && learnsIssuer(connection) && outcome.issuer) {
      await pinIssuer(run, run.loginMethodId, version, outcome.issuer);
    }
  });
}

/**
 * Takes the provider's answer. The run is found by `state`, must belong to this browser, and is
 * claimed by one request only: every other one is shown the result or nothing at all.
 */
export async function arriveFromProvider(
  query: URLSearchParams,
  bindingCookie: (runId: string) => string | undefined,
): Promise<Arrival> {
  const found = await findByState(query.get("state") ?? "");
  if (!found) return { kind: "unknown" };
  const { runId, loginMethodId, byLink } = found;
  const token = bindingCookie(runId);
  const here: Arrival = found.isBrowser(token)
    ? { kind: "result", runId, loginMethodId, byLink }
    : { kind: "unknown" };
  if (found.state !== "waiting") return here;

  const claim = await claimCallback(runId);
  if (!claim) return here;
  if (here.kind === "unknown") {
    await fail(claim, browserMismatch(token !== undefined), claim.steps);
    log.warn({ runId }, "a test came back in another browser");
    return { kind: "other_browser", runId, loginMethodId, byLink };
  }
  await finish(claim, query);
  return here;
}
