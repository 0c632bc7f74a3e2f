import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { sessions } from "@/db/schema/sessions";
import { team } from "@/db/schema/team";
import { users } from "@/db/schema/users";
import type { LoginCapability } from "@/lib/kit/data-plane";
import { parseDuration } from "@/lib/kit/duration";
import { AppError } from "@/lib/kit/errors";
import type { PersonIdentity } from "../schema";

export interface SignIn {
  /** As this very login established it. */
  person: PersonIdentity;
  /** The application that the login leads to; null for the App Launcher. */
  applicationId: string | null;
  ip: string | null;
  country: string | null;
  userAgent: string | null;
}

export type SignedIn =
  | {
      kind: "signed_in";
      userId: string;
      sessionId: string;
      /** Milliseconds since 1970. */
      createdAt: number;
      expiresAt: number;
    }
  | {
      kind: "refused";
      reason: "login_method_disabled" | "application_disabled" | "user_disabled";
    };

const DAY_MS = 24 * 3_600_000;

/** Shared locks: whoever disables one of them waits for this login, or this login sees it disabled. */
async function isMethodOpen(tx: Queryable, id: string): Promise<boolean> {
  const open = and(eq(loginMethods.id, id), eq(loginMethods.enabled, true));
  const rows = await tx.select({ id: loginMethods.id }).from(loginMethods).where(open).for("share");
  return rows.length > 0;
}

async function isApplicationOpen(tx: Queryable, id: string | null): Promise<boolean> {
  if (id === null) return true;
  const open = and(eq(applications.id, id), eq(applications.enabled, true));
  const rows = await tx.select({ id: applications.id }).from(applications).where(open).for("share");
  return rows.length > 0;
}

/**
 * The person's row, made or brought up to date, and locked until the login is over; null for somebody
 * who is disabled. The key is login method, issuer and subject, byte for byte.
 */
async function upsertUser(tx: Queryable, person: PersonIdentity): Promise<string | null> {
  const { email, name, issuer, subject, loginMethod } = person;
  const now = sql`clock_timestamp()`;
  const told = {
    email,
    name,
    identity: { ...person },
    identityUpdatedAt: now,
    loginMethodName: loginMethod.name,
    loginMethodKind: loginMethod.kind,
    seat: true,
    lastLoginAt: now,
    updatedAt: now,
  };
  const [user] = await tx
    .insert(users)
    .values({ ...told, loginMethodId: loginMethod.id, issuer, subject })
    .onConflictDoUpdate({
      target: [users.loginMethodId, users.issuer, users.subject],
      set: { ...told, previousIdentity: sql`${users.identity}` },
      setWhere: isNull(users.disabledAt),
    })
    .returning({ id: users.id });
  return user?.id ?? null;
}

async function sessionMs(tx: Queryable): Promise<number> {
  const [row] = await tx.select({ duration: team.sessionDuration }).from(team);
  return (row && parseDuration(row.duration)) || DAY_MS;
}

async function makeSession(tx: Queryable, userId: string, input: SignIn) {
  const { person, ip, country, userAgent } = input;
  const now = sql`clock_timestamp()`;
  const end = sql`${now} + make_interval(secs => ${(await sessionMs(tx)) / 1000})`;
  const [session] = await tx
    .insert(sessions)
    .values({
      userId,
      loginMethodId: person.loginMethod.id,
      identity: { ...person },
      ip,
      country,
      userAgent: userAgent?.slice(0, 500) ?? null,
      // Not the beginning of the transaction: a revocation that came in between must be older.
      createdAt: now,
      expiresAt: end,
      tokensExpireAt: end,
    })
    .returning({
      id: sessions.id,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
    });
  if (!session) throw new Error("the session was not stored");
  return session;
}

/**
 * Lets a person in whom the policies allowed: the registry is brought up to date, a seat taken, and a
 * new session made, all or nothing. Login method, application and person are looked at once more
 * under locks, so that one that is disabled or deleted in the middle of a login lets nobody in.
 */
export async function signIn(login: LoginCapability, input: SignIn): Promise<SignedIn> {
  const { person, applicationId } = input;
  if (person.loginMethod.id !== login.loginMethodId) {
    throw new AppError("forbidden", "This identity is not of the login method that was used.");
  }
  const db = await database();
  return db.transaction(async (tx): Promise<SignedIn> => {
    if (!(await isMethodOpen(tx, login.loginMethodId))) {
      return { kind: "refused", reason: "login_method_disabled" };
    }
    if (!(await isApplicationOpen(tx, applicationId))) {
      return { kind: "refused", reason: "application_disabled" };
    }
    const userId = await upsertUser(tx, person);
    if (!userId) return { kind: "refused", reason: "user_disabled" };
    const session = await makeSession(tx, userId, input);
    return {
      kind: "signed_in",
      userId,
      sessionId: session.id,
      createdAt: session.createdAt.getTime(),
      expiresAt: session.expiresAt.getTime(),
    };
  });
}

/**
 * Keeps what the provider said about somebody whom the policies turned away, if they are in the
 * registry. It makes no user, takes no seat and makes no session. Answers the id of the user.
 */
export async function noteDenied(
  login: LoginCapability,
  person: PersonIdentity,
): Promise<string | null> {
  const db = await database();
  const [user] = await db
    .update(users)
    .set({
      email: person.email,
      name: person.name,
      identity: { ...person },
      previousIdentity: sql`${users.identity}`,
      identityUpdatedAt: sql`now()`,
    })
    .where(
      and(
        eq(users.loginMethodId, login.loginMethodId),
        eq(users.issuer, person.issuer),
        eq(users.subject, person.subject),
      ),
    )
    .returning({ id: users.id });
  return user?.id ?? null;
}
