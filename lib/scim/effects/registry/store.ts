import "server-only";
import { and, asc, count, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { scimGroups, scimMembers, scimUsers } from "@/db/schema/scim";
import { sessionApplications, sessions } from "@/db/schema/sessions";
import { users } from "@/db/schema/users";
import type { Viewer } from "@/lib/kit/actor";
import { scimSchema } from "@/lib/login-methods/schema";
import { everyoneMeant } from "../linking/store";
import type { DeprovisionPreview, PushedPerson } from "../schema";

type Row = typeof scimUsers.$inferSelect;

const resourceOf = async (db: Queryable, userId: string): Promise<Row | null> =>
  (await db.select().from(scimUsers).where(eq(scimUsers.userId, userId)))[0] ?? null;

async function toPushed(db: Queryable, row: Row): Promise<PushedPerson> {
  const { id, userName, externalId, active, updatedAt, attributes } = row;
  const groups = await db
    .select({ id: scimGroups.id, name: scimGroups.displayName })
    .from(scimMembers)
    .innerJoin(scimGroups, eq(scimGroups.id, scimMembers.groupId))
    .where(eq(scimMembers.userId, id))
    .orderBy(asc(scimGroups.displayNameKey));
  return {
    ...{ id, userName, externalId, active, attributes, groups },
    updatedAt: updatedAt.toISOString(),
  };
}

/** The person as their login method pushes them; null for somebody whom it does not push. */
export async function pushedPerson(_viewer: Viewer, userId: string): Promise<PushedPerson | null> {
  const db = await database();
  const row = await resourceOf(db, userId);
  return row && toPushed(db, row);
}

const alive = and(isNull(sessions.revokedAt), gt(sessions.tokensExpireAt, sql`clock_timestamp()`));

async function losses(db: Queryable, meant: ReturnType<typeof everyoneMeant>) {
  const theirs = and(sql`${sessions.userId} in ${meant}`, alive);
  const open = await db
    .select({ id: applications.id, name: applications.name, sessions: count() })
    .from(sessionApplications)
    .innerJoin(sessions, eq(sessions.id, sessionApplications.sessionId))
    .innerJoin(applications, eq(applications.id, sessionApplications.applicationId))
    .where(and(theirs, gt(sessionApplications.expiresAt, sql`clock_timestamp()`)))
    .groupBy(applications.id, applications.name)
    .orderBy(desc(count()), asc(applications.name));
  const seated = and(sql`${users.id} in ${meant}`, eq(users.seat, true));
  return {
    applications: open,
    sessions: await db.$count(sessions, theirs),
    seats: await db.$count(users, seated),
  };
}

/**
 * What would end for a person if their provider deactivated them now, with the present settings of
 * the login method. Null when the login method is gone, or has no SCIM.
 */
export async function previewDeprovision(
  _viewer: Viewer,
  userId: string,
): Promise<DeprovisionPreview | null> {
  const db = await database();
  const [method] = await db
    .select({ id: loginMethods.id, name: loginMethods.name, scim: loginMethods.scim })
    .from(loginMethods)
    .innerJoin(users, eq(users.loginMethodId, loginMethods.id))
    .where(eq(users.id, userId));
  const settings = scimSchema.catch(scimSchema.parse({})).parse(method?.scim);
  if (!method || !settings.enabled) return null;
  const loginMethod = { id: method.id, name: method.name };
  const none = { others: [], sessions: 0, applications: [], seats: 0 };
  const row = await resourceOf(db, userId);
  if (!row) return { loginMethod, settings, pushed: null, ...none };
  const meant = everyoneMeant(row);
  const others = await db
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(and(sql`${users.id} in ${meant}`, ne(users.id, userId)))
    .orderBy(users.id);
  const pushed = await toPushed(db, row);
  return { loginMethod, settings, pushed, others, ...(await losses(db, meant)) };
}
