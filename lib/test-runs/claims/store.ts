import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { testRuns } from "@/db/schema/test-runs";
import type { RunCapability } from "@/lib/kit/run-capability";
import { hashToken, randomToken, sameText } from "@/lib/kit/secrets";
import type { TraceStep } from "@/lib/oidc/schema";
import { mapTexts, storableText } from "@/lib/oidc/storable";
import { readOutcome, stateAt } from "../present";
import { SIGN_IN_MINUTES, type TestRunState } from "../schema";

/**
 * What the data plane may do with a run. Nobody is signed in here: a one-time ticket or the `state`
 * parameter stands for the run, and every claim is one UPDATE that only one request can win.
 */
export interface Claim {
  run: RunCapability;
  /** Version of the login method that the run is for. */
  version: number;
  /** Of the settings that the run is for. */
  fingerprint: string;
  /** The shared link that it was started by. */
  linkId: string | null;
  redirectUri: string;
  /** Sealed state, nonce and code verifier. */
  sealed: string;
  steps: TraceStep[];
}

/** Providers can put text into a claim that jsonb refuses. */
const storable = (outcome: object): Record<string, unknown> => ({
  ...mapTexts(outcome, storableText),
});

/** How long a run may be at work before it counts as interrupted. */
const AT_WORK = sql`now() + interval '60 seconds'`;
const AWAY = sql`now() + make_interval(mins => ${SIGN_IN_MINUTES})`;

const claimed = {
  id: testRuns.id,
  loginMethodId: testRuns.loginMethodId,
  draftId: testRuns.draftId,
  fingerprint: testRuns.fingerprint,
  linkId: testRuns.linkId,
  version: testRuns.loginMethodVersion,
  redirectUri: testRuns.redirectUri,
  sealed: testRuns.sealed,
  outcome: testRuns.outcome,
};
type Claimed = Pick<Claim, "version" | "redirectUri" | "sealed" | "fingerprint" | "linkId"> & {
  id: string;
  loginMethodId: string;
  draftId: string | null;
  outcome: unknown;
};

const toClaim = ({ id, loginMethodId, draftId, outcome, ...rest }: Claimed): Claim => ({
  run: { runId: id, loginMethodId, draftId } as RunCapability,
  steps: readOutcome(outcome).steps,
  ...rest,
});

const stillWaiting = (id: string) =>
  and(eq(testRuns.id, id), eq(testRuns.status, "waiting"), gt(testRuns.expiresAt, sql`now()`));

export type TicketClaim =
  | { kind: "claimed"; claim: Claim; browserToken: string }
  | { kind: "used"; loginMethodId: string }
  | { kind: "unknown" };

/** Spends the one-time ticket and binds the run to the browser that brought it. */
export async function claimByTicket(runId: string, ticket: string): Promise<TicketClaim> {
  const db = await database();
  const browserToken = randomToken();
  const ticketHash = hashToken(ticket);
  const [won] = await db
    .update(testRuns)
    .set({ status: "running", browserHash: hashToken(browserToken), expiresAt: AT_WORK })
    .where(
      and(stillWaiting(runId), eq(testRuns.ticketHash, ticketHash), isNull(testRuns.browserHash)),
    )
    .returning(claimed);
  if (won) return { kind: "claimed", claim: toClaim(won), browserToken };
  const [spent] = await db
    .select({ loginMethodId: testRuns.loginMethodId })
    .from(testRuns)
    .where(and(eq(testRuns.id, runId), eq(testRuns.ticketHash, ticketHash)));
  return spent ? { kind: "used", loginMethodId: spent.loginMethodId } : { kind: "unknown" };
}

/** The browser goes to the provider: the run waits again, now for the callback. */
export async function awaitCallback(
  run: RunCapability,
  tested: { version: number; fingerprint: string; settings: Record<string, unknown> },
  steps: TraceStep[],
): Promise<boolean> {
  const db = await database();
  const waiting = await db
    .update(testRuns)
    .set({
      status: "waiting",
      loginMethodVersion: tested.version,
      fingerprint: tested.fingerprint,
      settings: tested.settings,
      outcome: storable({ steps }),
      expiresAt: AWAY,
    })
    .where(and(eq(testRuns.id, run.runId), eq(testRuns.status, "running")))
    .returning({ id: testRuns.id });
  return waiting.length > 0;
}

export interface Found {
  runId: string;
  loginMethodId: string;
  /** Whether a shared link began it: its browser has no business in the console. */
  byLink: boolean;
  state: TestRunState;
  /** Whether a cookie value is the one that this run gave its browser. */
  isBrowser(token: string | undefined): boolean;
}

/** The run that sent this `state`, whatever became of it. */
export async function findByState(state: string): Promise<Found | null> {
  const db = await database();
  const [row] = await db
    .select({
      id: testRuns.id,
      loginMethodId: testRuns.loginMethodId,
      linkId: testRuns.linkId,
      status: testRuns.status,
      browserHash: testRuns.browserHash,
      expiresAt: testRuns.expiresAt,
      now: sql`now()`.mapWith(testRuns.createdAt),
    })
    .from(testRuns)
    .where(eq(testRuns.stateHash, hashToken(state)));
  // A state that was never sent cannot come back.
  if (!row?.browserHash) return null;
  const { browserHash } = row;
  return {
    runId: row.id,
    loginMethodId: row.loginMethodId,
    byLink: row.linkId !== null,
    state: stateAt(row, row.now),
    isBrowser: (token) => token !== undefined && sameText(browserHash, hashToken(token)),
  };
}

/** Takes the run for this callback; null when another request took it, or it ended. */
export async function claimCallback(runId: string): Promise<Claim | null> {
  const db = await database();
  const [won] = await db
    .update(testRuns)
    .set({ status: "running", expiresAt: AT_WORK })
    .where(stillWaiting(runId))
    .returning(claimed);
  return won ? toClaim(won) : null;
}

/** Writes the steps so far, while the run is still at work. */
export async function saveProgress(run: RunCapability, steps: TraceStep[]): Promise<void> {
  const db = await database();
  await db
    .update(testRuns)
    .set({ outcome: storable({ steps }) })
    .where(and(eq(testRuns.id, run.runId), eq(testRuns.status, "running")));
}

/** Ends a run that is at work, and forgets its secrets. A cancelled run stays cancelled. */
export async function endTestRun(
  run: RunCapability,
  status: "passed" | "passed_with_warnings" | "failed",
  outcome: object,
): Promise<boolean> {
  const db = await database();
  const ended = await db
    .update(testRuns)
    .set({
      status,
      outcome: storable(outcome),
      finishedAt: sql`now()`,
      sealed: "",
    })
    .where(and(eq(testRuns.id, run.runId), eq(testRuns.status, "running")))
    .returning({ id: testRuns.id });
  return ended.length > 0;
}
