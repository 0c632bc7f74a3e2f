import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { sessions } from "@/db/schema/sessions";
import { team } from "@/db/schema/team";
import { users } from "@/db/schema/users";
import type { LoginCapability } from "@/lib/kit/data-plane";
import { parseDuration } from "@/lib/kit/duration";
import { AppError } from "@/lib/kit/errors";
import { type Scim, scimSchema } from "@/lib/login-methods/schema";
import { pushedIdentity } from "@/lib/scim/effects/identity";
import type { PersonIdentity } from "../schema";
import { isThem, keepingPrevious, type LoginNote, newsAbout, recordNews } from "./changes/store";
import { adopt, claim, lockStanding, type PushedPerson, readStanding } from "./pushed/store";

export interface SignIn extends LoginNote {
  /** As this very login established it. */
  person: PersonIdentity;
  /** The application that the login leads to; null for the App Launcher. */
  applicationId: string | null;
  country: string | null;
  userAgent: string | null;
}

interface Refused {
  kind: "refused";
  reason: "login_method_disabled" | "application_disabled" | "user_disabled" | "user_deprovisioned";
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
  | Refused;

const notOfTheLogin = () =>
  new AppError("forbidden", "This identity is not of the login method that was used.");
const DAY_MS = 24 * 3_600_000;

/** What was pushed about a person stays beside what a login says, unless that brings newer. */
const keepingPushed = (identity: PersonIdentity): SQL => sql`
  case when ${users.identity} -> 'scim' is null then '{}'
  else jsonb_build_object('scim', ${users.identity} -> 'scim') end
  || ${JSON.stringify(identity)}::jsonb`;

/**
 * The login method's SCIM settings while it is enabled. Shared locks: whoever disables it or an
 * application waits for this login, or this login sees it disabled.
 */
async function openMethod(tx: Queryable, id: string): Promise<Scim | null> {
  const open = and(eq(loginMethods.id, id), eq(loginMethods.enabled, true));
  const rows = await tx
    .select({ scim: loginMethods.scim })
    .from(loginMethods)
    .where(open)
    .for("share");
  return rows[0] ? scimSchema.catch(scimSchema.parse({})).parse(rows[0].scim) : null;
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
async function upsertUser(
  tx: Queryable,
  person: PersonIdentity,
  pushed: PushedPerson | null,
  note: LoginNote,
): Promise<string | null> {
  const { email, name, issuer, subject, loginMethod } = person;
  const now = sql`clock_timestamp()`;
  const identity = {
    ...person,
    ...(pushed && { scim: pushedIdentity(pushed.resource, pushed.resource.updatedAt) }),
  };
  const news = await newsAbout(tx, identity);
  const told = {
    email,
    name,
    identity,
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
      set: {
        ...told,
        identity: keepingPushed(identity),
        ...keepingPrevious(news),
      },
      setWhere: isNull(users.disabledAt),
    })
    .returning({ id: users.id });
  if (user) await recordNews(tx, user.id, person, news, note);
  return user?.id ?? null;
}

/** Finds or makes the person's row, as the provider pushed them by SCIM where it did. */
async function enterRegistry(
  tx: Queryable,
  person: PersonIdentity,
  scim: Scim,
  note: LoginNote,
): Promise<{ kind: "entered"; userId: string } | Refused> {
  const standing = await lockStanding(tx, person, scim.enabled);
  if (standing.inactive && scim.enabled && scim.user_deprovision) {
    return { kind: "refused", reason: "user_deprovisioned" };
  }
  if (standing.disabled) return { kind: "refused", reason: "user_disabled" };
  const { pushed } = standing;
  const theirs = pushed?.theirs && pushed.resource.active ? pushed : null;
  if (theirs?.unclaimed && !standing.userId) await claim(tx, theirs.unclaimed, person);
  const userId = await upsertUser(tx, person, theirs, note);
  if (!userId) return { kind: "refused", reason: "user_disabled" };
  if (theirs) await adopt(tx, userId, theirs);
  return { kind: "entered", userId };
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
  if (person.loginMethod.id !== login.loginMethodId) throw notOfTheLogin();
  const db = await database();
  return db.transaction(async (tx): Promise<SignedIn> => {
    const scim = await openMethod(tx, login.loginMethodId);
    if (!scim) return { kind: "refused", reason: "login_method_disabled" };
    if (!(await isApplicationOpen(tx, applicationId))) {
      return { kind: "refused", reason: "application_disabled" };
    }
    const entered = await enterRegistry(tx, person, scim, input);
    if (entered.kind === "refused") return entered;
    const { userId } = entered;
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
 * registry. It makes no user, takes no seat, makes no session, and leaves who was only pushed as they
 * are. Answers the id of the user.
 */
export async function noteDenied(
  login: LoginCapability,
  person: PersonIdentity,
  note: LoginNote,
): Promise<string | null> {
  if (person.loginMethod.id !== login.loginMethodId) throw notOfTheLogin();
  const db = await database();
  return db.transaction(async (tx) => {
    const news = await newsAbout(tx, person);
    const [user] = await tx
      .update(users)
      .set({
        email: person.email,
        name: person.name,
        identity: keepingPushed(person),
        ...keepingPrevious(news),
        identityUpdatedAt: sql`now()`,
      })
      .where(isThem(person))
      .returning({ id: users.id });
    if (!user) return (await readStanding(tx, person)).pushed?.unclaimed ?? null;
    await recordNews(tx, user.id, person, news, note);
    return user.id;
  });
}

/** The id in the registry of somebody who was kept out, also of who was only pushed; null for a stranger. */
export async function findKeptOut(
  login: LoginCapability,
  person: PersonIdentity,
): Promise<string | null> {
  if (person.loginMethod.id !== login.loginMethodId) throw notOfTheLogin();
  const { userId, pushed } = await readStanding(await database(), person);
  return userId ?? pushed?.unclaimed ?? null;
}
