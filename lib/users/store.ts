import "server-only";
import { and, asc, eq, gt, ilike, isNotNull, isNull, not, or, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { database, type Queryable } from "@/db/client";
import { containing } from "@/db/like";
import { scimUsers } from "@/db/schema/scim";
import { users } from "@/db/schema/users";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { endSessionsOf } from "@/lib/sessions/revoking/store";
import { readCursor, writeCursor } from "./cursor";
import type { UserQuery } from "./query";
import { identitySchema, type PersonIdentity, type UserDetail, type UserSummary } from "./schema";

/** Written out: in a query on one table, Drizzle leaves its name off, which here would be another's. */
const liveSessions = sql<number>`(
  select count(*)::int from sessions s
  where s.user_id = users.id and s.revoked_at is null and s.tokens_expire_at > now()
)`;

const deactivated = sql<boolean>`exists (
  select 1 from scim_users p where p.user_id = users.id and not p.active
)`;

const computed = {
  groups: sql<number>`coalesce(jsonb_array_length(${users.identity} -> 'groups'), 0)`,
  sessions: liveSessions,
  unclaimed: sql<boolean>`${users.issuer} = ''`,
  deactivated,
};

const summary = {
  id: users.id,
  email: users.email,
  name: users.name,
  loginMethodId: users.loginMethodId,
  loginMethodName: users.loginMethodName,
  loginMethodKind: users.loginMethodKind,
  seat: users.seat,
  source: users.source,
  disabledAt: users.disabledAt,
  lastLoginAt: users.lastLoginAt,
  createdAt: users.createdAt,
  ...computed,
};

interface Computed {
  groups: number;
  sessions: number;
  unclaimed: boolean;
  deactivated: boolean;
}

type SummaryRow = Pick<typeof users.$inferSelect, Exclude<keyof typeof summary, keyof Computed>> &
  Computed;

const toSummary = (row: SummaryRow): UserSummary => ({
  id: row.id,
  email: row.email,
  name: row.name,
  loginMethod: { id: row.loginMethodId, name: row.loginMethodName, kind: row.loginMethodKind },
  groups: row.groups,
  seat: row.seat,
  source: row.source,
  unclaimed: row.unclaimed,
  deactivated: row.deactivated,
  disabledAt: row.disabledAt?.toISOString() ?? null,
  lastLoginAt: row.lastLoginAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  sessions: row.sessions,
});

const lowerEmail = sql`lower(${users.email})`;

function conditionsOf(query: UserQuery): SQL | undefined {
  const text = containing(query.q);
  const after = readCursor(query.after);
  return and(
    query.q ? or(ilike(users.email, text), ilike(users.name, text)) : undefined,
    query.seat ? eq(users.seat, query.seat === "active") : undefined,
    z.uuid().safeParse(query.method).success ? eq(users.loginMethodId, query.method) : undefined,
    query.group
      ? sql`${users.identity} @> ${JSON.stringify({ groups: [query.group] })}::jsonb`
      : undefined,
    query.state === "enabled" ? and(isNull(users.disabledAt), not(deactivated)) : undefined,
    query.state === "disabled" ? isNotNull(users.disabledAt) : undefined,
    query.state === "deactivated" ? deactivated : undefined,
    query.state === "unclaimed" ? eq(users.issuer, "") : undefined,
    query.source ? eq(users.source, query.source) : undefined,
    after ? sql`(${lowerEmail}, ${users.id}) > (${after.email}, ${after.id})` : undefined,
  );
}

export interface UserPage {
  users: UserSummary[];
  /** `after` of the next page, or null on the last one. */
  next: string | null;
}

/** The registry in the order of email addresses, `size` people a page. */
export async function listUsers(_viewer: Viewer, query: UserQuery, size = 50): Promise<UserPage> {
  const db = await database();
  const rows = await db
    .select({ ...summary, key: sql<string>`lower(${users.email})` })
    .from(users)
    .where(conditionsOf(query))
    .orderBy(lowerEmail, users.id)
    .limit(size + 1);
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return {
    users: page.map(toSummary),
    next: rows.length > size && last ? writeCursor({ email: last.key, id: last.id }) : null,
  };
}

/** People who take up a seat. */
export const countSeats = async (_viewer: Viewer): Promise<number> =>
  (await database()).$count(users, eq(users.seat, true));

type Row = typeof users.$inferSelect;

const toDetail = (row: Row & Computed): UserDetail => ({
  ...toSummary(row),
  issuer: row.issuer,
  subject: row.subject,
  identity: identitySchema.parse(row.identity),
  identityUpdatedAt: row.identityUpdatedAt.toISOString(),
  previousIdentity: identitySchema.nullable().catch(null).parse(row.previousIdentity),
});

async function detailsOf(where: SQL, limit: number): Promise<UserDetail[]> {
  const db = await database();
  const rows = await db
    .select({ user: users, computed })
    .from(users)
    .where(where)
    .orderBy(asc(users.createdAt))
    .limit(limit);
  return rows.map(({ user, computed }) => toDetail({ ...user, ...computed }));
}

const gone = () => new AppError("not_found", "This user no longer exists.");

/** One person; AppError `not_found` when there is none. */
export async function getUser(_viewer: Viewer, id: string): Promise<UserDetail> {
  const [user] = await detailsOf(eq(users.id, id), 1);
  if (!user) throw gone();
  return user;
}

/** Everybody in the registry with what policies judge, some at a time. */
export async function* eachPerson(
  _viewer: Viewer,
  size = 1000,
): AsyncGenerator<{ id: string; identity: PersonIdentity }[]> {
  const db = await database();
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await db
      .select({ id: users.id, identity: users.identity })
      .from(users)
      .where(and(gt(users.id, after), isNull(users.disabledAt)))
      .orderBy(users.id)
      .limit(size);
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
    yield rows.map(({ id, identity }) => ({ id, identity: identitySchema.parse(identity) }));
  }
}

/**
 * Waits for a login of this person that is at work, and keeps the next one waiting. What SCIM pushed
 * about them is locked first, as logins and pushes do.
 */
async function locked(tx: Queryable, id: string): Promise<Row> {
  const pushed = tx.select({ id: scimUsers.id }).from(scimUsers).where(eq(scimUsers.userId, id));
  await pushed.for("no key update");
  const [user] = await tx.select().from(users).where(eq(users.id, id)).for("update");
  if (!user) throw gone();
  return user;
}

const targetOf = ({ id, email }: Row) => ({ type: "user", id, name: email });

/** Ends all sessions of a user. They may sign in again. */
export async function revokeUser(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const user = await locked(tx, id);
    const ended = await endSessionsOf(tx, id, "admin");
    await recordChange(tx, admin, {
      action: "user.revoke",
      target: targetOf(user),
      changes: [{ path: "sessions", before: ended, after: 0 }],
    });
  });
}

/** Ends all sessions of a user and keeps them out until `enableUser`. */
export async function disableUser(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const user = await locked(tx, id);
    if (user.disabledAt) return;
    await tx.update(users).set({ disabledAt: sql`clock_timestamp()` }).where(eq(users.id, id));
    await endSessionsOf(tx, id, "disabled");
    await recordChange(tx, admin, {
      action: "user.disable",
      target: targetOf(user),
      changes: [{ path: "enabled", before: true, after: false }],
    });
  });
}

/** Lets a user in again, as far as the policies do. Sessions that ended stay ended. */
export async function enableUser(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const user = await locked(tx, id);
    if (!user.disabledAt) return;
    await tx.update(users).set({ disabledAt: null }).where(eq(users.id, id));
    await recordChange(tx, admin, {
      action: "user.enable",
      target: targetOf(user),
      changes: [{ path: "enabled", before: false, after: true }],
    });
  });
}

/** Takes a person out of the registry: their sessions end and their seat is free. They may come back, as another user. */
export async function removeUser(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const user = await locked(tx, id);
    await endSessionsOf(tx, id, "removed");
    await tx.delete(users).where(eq(users.id, id));
    await recordChange(tx, admin, {
      action: "user.remove",
      target: targetOf(user),
      changes: [{ path: "email", before: user.email, after: null }],
    });
  });
}
