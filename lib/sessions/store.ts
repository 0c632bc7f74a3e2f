import "server-only";
import { and, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { revocations, sessionApplications, sessions } from "@/db/schema/sessions";
import { users } from "@/db/schema/users";
import { recordChange } from "@/lib/audit/store";
import type { EvaluationAnswer } from "@/lib/external-evaluation/answer";
import type { Admin, Viewer } from "@/lib/kit/actor";
import type { DataPlane } from "@/lib/kit/data-plane";
import { AppError } from "@/lib/kit/errors";
import { identitySchema, type PersonIdentity } from "@/lib/users/schema";
import { revokedWords } from "./revoked-words";
import { endSession, endSessionsOf } from "./revoking/store";
import type { SessionSummary } from "./schema";

/** A session that holds at this moment. */
export interface LiveSession {
  id: string;
  userId: string;
  /** What policies judge. */
  person: PersonIdentity;
  ip: string | null;
  country: string | null;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Until then new application tokens are made without the provider. */
  expiresAt: number;
  /** The latest end of its application tokens. */
  tokensExpireAt: number;
}

/**
 * The session of a token (`sessionIdOf(identity_nonce)`), while nobody has ended it, its user is not
 * disabled, and its login method is there and enabled. For the `session` itself, which the global
 * token stands for, until that ends; for its `tokens`, until the last of those ends. Null otherwise.
 */
export async function findLiveSession(
  _dataPlane: DataPlane,
  sessionId: string,
  forIts: "session" | "tokens" = "session",
): Promise<LiveSession | null> {
  const db = await database();
  const end = forIts === "session" ? sessions.expiresAt : sessions.tokensExpireAt;
  const [row] = await db
    .select({ session: sessions })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(loginMethods, eq(loginMethods.id, sessions.loginMethodId))
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.revokedAt),
        sql`${end} > clock_timestamp()`,
        isNull(users.disabledAt),
        eq(loginMethods.enabled, true),
      ),
    );
  if (!row) return null;
  const { id, userId, identity, ip, country, createdAt, expiresAt, tokensExpireAt } = row.session;
  return {
    id,
    userId,
    person: identitySchema.parse(identity),
    ip,
    country,
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt.getTime(),
    tokensExpireAt: tokensExpireAt.getTime(),
  };
}

export interface ApplicationToken {
  applicationId: string;
  host: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Answers of the external evaluations, by URL. */
  external: Record<string, EvaluationAnswer>;
}

/**
 * Keeps that a session gets a token for an application. False when the session has ended or the
 * application is not there or disabled, and then no token may be handed out.
 */
export async function noteApplicationToken(
  _dataPlane: DataPlane,
  sessionId: string,
  { applicationId, host, expiresAt, external }: ApplicationToken,
): Promise<boolean> {
  const db = await database();
  const until = new Date(expiresAt);
  return db.transaction(async (tx) => {
    const open = and(eq(applications.id, applicationId), eq(applications.enabled, true));
    const found = await tx.select().from(applications).where(open).for("share");
    if (found.length === 0) return false;
    const live = await tx
      .update(sessions)
      .set({ tokensExpireAt: sql`greatest(${sessions.tokensExpireAt}, ${until.toISOString()})` })
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)));
    if (live.rowCount === 0) return false;
    const now = sql`clock_timestamp()`;
    await tx
      .insert(sessionApplications)
      .values({ sessionId, applicationId, host, external, issuedAt: now, expiresAt: until })
      .onConflictDoUpdate({
        target: [sessionApplications.sessionId, sessionApplications.applicationId],
        set: {
          host,
          external,
          issuedAt: now,
          expiresAt: sql`greatest(${sessionApplications.expiresAt}, excluded.expires_at)`,
          issued: sql`${sessionApplications.issued} + 1`,
        },
      });
    return true;
  });
}

const lockedUser = async (tx: Queryable, userId: string) => {
  const [user] = await tx
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(eq(users.id, userId))
    .for("update");
  return user ?? null;
};

/** A person signs out: every session of theirs ends, in all browsers and for all applications. */
export async function endOwnSessions(_dataPlane: DataPlane, userId: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    if (await lockedUser(tx, userId)) await endSessionsOf(tx, userId, "logout");
  });
}

/**
 * Ends the session that a browser had, once another took its place: no new tokens are made of it.
 * `tokensToo` stops those that there are.
 */
export async function replaceSession(
  _dataPlane: DataPlane,
  { id, userId }: Pick<LiveSession, "id" | "userId">,
  { tokensToo }: { tokensToo: boolean },
): Promise<void> {
  const db = await database();
  if (!tokensToo) {
    // Named, the identity makes the trigger tell every instance that keeps the session in memory.
    const ended = { expiresAt: sql`clock_timestamp()`, identity: sql`${sessions.identity}` };
    await db.update(sessions).set(ended).where(eq(sessions.id, id));
    return;
  }
  await db.transaction(async (tx) => {
    if (await lockedUser(tx, userId)) await endSession(tx, id, "replaced");
  });
}

const gone = () => new AppError("not_found", "This session no longer exists.");

/** Ends one session from the next request on, wherever the gate is asked. */
export async function revokeSession(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const [found] = await tx
      .select({ userId: sessions.userId })
      .from(sessions)
      .where(eq(sessions.id, id));
    const user = found && (await lockedUser(tx, found.userId));
    if (!user) throw gone();
    const [session] = await tx.select().from(sessions).where(eq(sessions.id, id)).for("update");
    if (!session) throw gone();
    if (session.revokedAt) return;
    await endSession(tx, id, "admin");
    await recordChange(tx, admin, {
      action: "session.revoke",
      target: { type: "user", id: user.id, name: user.email },
      changes: [{ path: `session.${id}`, before: "live", after: "revoked" }],
    });
  });
}

const MOST_SHOWN = 100;

/** The sessions of a user, newest first, those that ended lately too. */
export async function listSessions(_viewer: Viewer, userId: string): Promise<SessionSummary[]> {
  const db = await database();
  const rows = await db
    .select({ session: sessions, email: users.email, method: loginMethods.name })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(loginMethods, eq(loginMethods.id, sessions.loginMethodId))
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.createdAt))
    .limit(MOST_SHOWN);
  const ids = rows.map(({ session }) => session.id);
  const tokens = await tokensOf(db, ids);
  return rows.map(({ session, email, method }) => ({
    id: session.id,
    userId,
    userEmail: email,
    loginMethod: { id: session.loginMethodId, name: method ?? "A deleted login method" },
    ip: session.ip,
    country: session.country,
    userAgent: session.userAgent,
    createdAt: session.createdAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    revokedAt: session.revokedAt?.toISOString() ?? null,
    revokedBecause: session.revokedReason && revokedWords(session.revokedReason),
    applications: tokens.flatMap(({ sessionId, issuedAt, expiresAt, ...application }) =>
      sessionId === session.id
        ? [{ ...application, issuedAt: issuedAt.toISOString(), expiresAt: expiresAt.toISOString() }]
        : [],
    ),
  }));
}

async function tokensOf(db: Queryable, sessionIds: string[]) {
  if (sessionIds.length === 0) return [];
  return db
    .select({
      sessionId: sessionApplications.sessionId,
      id: applications.id,
      name: applications.name,
      host: sessionApplications.host,
      issuedAt: sessionApplications.issuedAt,
      expiresAt: sessionApplications.expiresAt,
    })
    .from(sessionApplications)
    .innerJoin(applications, eq(applications.id, sessionApplications.applicationId))
    .where(inArray(sessionApplications.sessionId, sessionIds))
    .orderBy(desc(sessionApplications.issuedAt));
}

/** Forgets revocations that no token can meet any more, and sessions a month after their end. */
export async function deleteOldSessions(_dataPlane: DataPlane): Promise<void> {
  const db = await database();
  await db.delete(revocations).where(lt(revocations.expiresAt, sql`now()`));
  await db.delete(sessions).where(lt(sessions.tokensExpireAt, sql`now() - interval '30 days'`));
}
