import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, gt, lte, type SQL, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { logins } from "@/db/schema/logins";
import type { DataPlane, LoginCapability } from "@/lib/kit/data-plane";
import { hashToken, sameText } from "@/lib/kit/secrets";
import type { TraceStep } from "@/lib/oidc/schema";
import { mapTexts, storableText } from "@/lib/oidc/storable";
import { readOutcome } from "@/lib/test-runs/present";
import { type LoginSecrets, openSecrets, openTarget, sealSecrets, sealTarget } from "./attempt";
import { type LoginTarget, SIGN_IN_MINUTES } from "./schema";

/** A login that this request alone goes on with. */
export interface Claim {
  login: LoginCapability;
  ref: string;
  target: LoginTarget;
  secrets: LoginSecrets;
  redirectUri: string;
  /** Of the settings that the login began with. */
  fingerprint: string;
  steps: TraceStep[];
}

/** Providers can put text into a claim that PostgreSQL refuses. */
const storable = (outcome: object): Record<string, unknown> => ({
  ...mapTexts(outcome, storableText),
});

/** How long a login may be at work before it counts as interrupted. */
const AT_WORK = sql`now() + interval '60 seconds'`;
const AWAY = sql`now() + make_interval(mins => ${SIGN_IN_MINUTES})`;

/** A login that is about to begin. Nothing is stored yet. */
export const newLogin = (_dataPlane: DataPlane, loginMethodId: string): LoginCapability =>
  ({ loginId: randomUUID(), loginMethodId }) as LoginCapability;

export interface Departure {
  ref: string;
  target: LoginTarget;
  secrets: LoginSecrets;
  /** Value of the browser's CF_Session cookie. */
  browser: string;
  redirectUri: string;
  fingerprint: string;
  ip: string | null;
  userAgent: string | null;
}

/** Keeps a login whose browser goes to the provider now, or whose first half failed. */
export async function saveLogin(
  { loginId, loginMethodId }: LoginCapability,
  departure: Departure,
  outcome: { status: "waiting" | "failed"; steps: readonly TraceStep[]; diagnosis?: unknown },
): Promise<void> {
  const { ref, target, secrets, browser, redirectUri, fingerprint, ip, userAgent } = departure;
  const { status, ...rest } = outcome;
  const db = await database();
  await db.insert(logins).values({
    id: loginId,
    ref,
    loginMethodId,
    applicationId: target.applicationId,
    target: sealTarget(loginId, target),
    status,
    stateHash: hashToken(secrets.state),
    browserHash: hashToken(browser),
    sealed: status === "waiting" ? sealSecrets(loginId, secrets) : "",
    redirectUri,
    fingerprint,
    outcome: storable(rest),
    ip,
    userAgent: userAgent?.slice(0, 500) ?? null,
    expiresAt: AWAY,
    finishedAt: status === "waiting" ? null : sql`now()`,
  });
}

export type Arrival =
  | { kind: "claimed"; claim: Claim }
  /** The browser that began it, once more. */
  | { kind: "over"; ref: string; target: LoginTarget; how: "passed" | "refused" }
  /** The browser that began it, too late: this request alone says so. */
  | { kind: "expired"; login: LoginCapability; ref: string; target: LoginTarget }
  /** Not the browser that began it: the login is broken off, so that its code is good for nothing. */
  | { kind: "other_browser"; login: LoginCapability; ref: string; target: LoginTarget }
  | { kind: "unknown" };

const columns = {
  id: logins.id,
  ref: logins.ref,
  loginMethodId: logins.loginMethodId,
  target: logins.target,
  sealed: logins.sealed,
  redirectUri: logins.redirectUri,
  fingerprint: logins.fingerprint,
  outcome: logins.outcome,
};

/** Takes a login that waits away from whoever comes with its state next, to break it off. */
async function takeAway(id: string, which: SQL): Promise<boolean> {
  const db = await database();
  const taken = await db
    .update(logins)
    .set({ status: "running", expiresAt: AT_WORK, sealed: "" })
    .where(and(eq(logins.id, id), eq(logins.status, "waiting"), which));
  return taken.rowCount === 1;
}

/** Why a login was not claimed. */
async function whyNot(stateHash: string, browserHash: string | null): Promise<Arrival> {
  const db = await database();
  const [row] = await db
    .select({ ...columns, status: logins.status, browserHash: logins.browserHash })
    .from(logins)
    .where(eq(logins.stateHash, stateHash));
  if (!row) return { kind: "unknown" };
  const { id, ref, loginMethodId, status } = row;
  const target = openTarget(id, row.target);
  const login = { loginId: id, loginMethodId } as LoginCapability;
  if (browserHash !== null && sameText(row.browserHash, browserHash)) {
    if (status === "waiting" && (await takeAway(id, lte(logins.expiresAt, sql`now()`)))) {
      return { kind: "expired", login, ref, target };
    }
    const how = status === "passed" || status === "running" ? "passed" : "refused";
    return { kind: "over", ref, target, how };
  }
  const broken = await takeAway(id, gt(logins.expiresAt, sql`now()`));
  return broken ? { kind: "other_browser", login, ref, target } : { kind: "unknown" };
}

/**
 * Takes the login that sent this `state`, for the browser with this CF_Session cookie (null without
 * one). One UPDATE decides, so that of any number of callbacks one goes on.
 */
export async function claimLogin(
  _dataPlane: DataPlane,
  state: string,
  browser: string | null,
): Promise<Arrival> {
  const db = await database();
  const stateHash = hashToken(state);
  const browserHash = browser === null ? null : hashToken(browser);
  if (browserHash === null) return whyNot(stateHash, null);
  const [won] = await db
    .update(logins)
    .set({ status: "running", expiresAt: AT_WORK })
    .where(
      and(
        eq(logins.stateHash, stateHash),
        eq(logins.browserHash, browserHash),
        eq(logins.status, "waiting"),
        gt(logins.expiresAt, sql`now()`),
      ),
    )
    .returning(columns);
  if (!won) return whyNot(stateHash, browserHash);
  const { id, loginMethodId, ref, redirectUri, fingerprint } = won;
  return {
    kind: "claimed",
    claim: {
      login: { loginId: id, loginMethodId } as LoginCapability,
      ref,
      redirectUri,
      fingerprint,
      target: openTarget(id, won.target),
      secrets: openSecrets(id, won.sealed),
      steps: readOutcome(won.outcome).steps,
    },
  };
}

/** Ends a login that is at work, and forgets its secrets. */
export async function endLogin(
  { loginId }: LoginCapability,
  status: "passed" | "denied" | "failed",
  outcome: object,
): Promise<void> {
  const db = await database();
  await db
    .update(logins)
    .set({ status, outcome: storable(outcome), finishedAt: sql`now()`, sealed: "" })
    .where(and(eq(logins.id, loginId), eq(logins.status, "running")));
}

/** Whether a login method may be used at this moment; asked right before somebody is let in. */
export async function isMethodOpen({ loginMethodId }: LoginCapability): Promise<boolean> {
  const db = await database();
  const open = and(eq(loginMethods.id, loginMethodId), eq(loginMethods.enabled, true));
  return (await db.$count(loginMethods, open)) > 0;
}
