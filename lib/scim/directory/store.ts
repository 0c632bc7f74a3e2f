import "server-only";
import { and, asc, count, eq, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { database, type Queryable } from "@/db/client";
import { containing } from "@/db/like";
import { loginMethods } from "@/db/schema/login-methods";
import { policies, ruleGroups } from "@/db/schema/policies";
import { scimGroups, scimMembers, scimUsers } from "@/db/schema/scim";
import type { Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { groupKeys, namedGroups } from "@/lib/policies/named-groups";
import { readCursor, writeCursor } from "./cursor";
import type {
  NamedBy,
  Page,
  PushedGroup,
  PushedMember,
  ScimGroupQuery,
  ScimMemberQuery,
} from "./schema";

const columns = {
  id: scimGroups.id,
  name: scimGroups.displayName,
  key: scimGroups.displayNameKey,
  loginMethodId: scimGroups.loginMethodId,
  loginMethodName: loginMethods.name,
  externalId: scimGroups.externalId,
  createdAt: scimGroups.createdAt,
  updatedAt: scimGroups.updatedAt,
};

const isId = (text: string): boolean => z.uuid().safeParse(text).success;

const groupsWhere = (db: Queryable, where: SQL | undefined) =>
  db
    .select(columns)
    .from(scimGroups)
    .innerJoin(loginMethods, eq(loginMethods.id, scimGroups.loginMethodId))
    .where(where)
    .$dynamic();
type Row = Awaited<ReturnType<typeof groupsWhere>>[number];

async function memberCounts(db: Queryable, ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: scimMembers.groupId, members: count() })
    .from(scimMembers)
    .where(inArray(scimMembers.groupId, ids))
    .groupBy(scimMembers.groupId);
  return new Map(rows.map(({ id, members }) => [id, members]));
}

/** What names groups of login methods, by the key of the group. */
async function naming(db: Queryable): Promise<Map<string, NamedBy[]>> {
  const found = new Map<string, NamedBy[]>();
  for (const [type, table] of [
    ["policy", policies],
    ["rule_group", ruleGroups],
  ] as const) {
    const rules = sql<unknown[]>`${table.include} || ${table.require} || ${table.exclude}`;
    const rows = await db
      .select({ id: table.id, name: table.name, rules })
      .from(table)
      .where(sql`(${rules})::text like '%identity_provider_id%'`)
      .orderBy(asc(table.name));
    for (const { id, name, rules: all } of rows) {
      for (const key of namedGroups(all)) {
        found.set(key, [...(found.get(key) ?? []), { type, id, name }]);
      }
    }
  }
  return found;
}

/** By its name, and by the provider's id: Entra ID's rules name groups by that. */
function usersOf(row: Row, named: Map<string, NamedBy[]>): NamedBy[] {
  const names = [row.name, ...(row.externalId === null ? [] : [row.externalId])];
  const keys = names.flatMap((name) => groupKeys(row.loginMethodId, name));
  const all = keys.flatMap((key) => named.get(key) ?? []);
  return [...new Map(all.map((user) => [user.id, user])).values()];
}

async function described(db: Queryable, rows: Row[]): Promise<PushedGroup[]> {
  const ids = rows.map(({ id }) => id);
  const [counts, named] = await Promise.all([memberCounts(db, ids), naming(db)]);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    loginMethod: { id: row.loginMethodId, name: row.loginMethodName },
    externalId: row.externalId,
    members: counts.get(row.id) ?? 0,
    usedBy: usersOf(row, named),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }));
}

const nextOf = (rows: { key: string; id: string }[], size: number): string | null => {
  const last = rows[size - 1];
  return rows.length > size && last ? writeCursor(last) : null;
};

/** Groups that providers pushed, in the order of their names, `size` a page. */
export async function listPushedGroups(
  _viewer: Viewer,
  query: ScimGroupQuery,
  size = 50,
): Promise<Page<PushedGroup>> {
  const db = await database();
  const after = readCursor(query.after);
  const where = and(
    query.q ? ilike(scimGroups.displayName, containing(query.q)) : undefined,
    isId(query.method) ? eq(scimGroups.loginMethodId, query.method) : undefined,
    after
      ? sql`(${scimGroups.displayNameKey}, ${scimGroups.id}) > (${after.key}, ${after.id})`
      : undefined,
  );
  const rows = await groupsWhere(db, where)
    .orderBy(scimGroups.displayNameKey, scimGroups.id)
    .limit(size + 1);
  return { items: await described(db, rows.slice(0, size)), next: nextOf(rows, size) };
}

/** One group; AppError `not_found` when there is none. */
export async function getPushedGroup(_viewer: Viewer, id: string): Promise<PushedGroup> {
  const db = await database();
  const rows = isId(id) ? await groupsWhere(db, eq(scimGroups.id, id)) : [];
  const [group] = await described(db, rows);
  if (!group) throw new AppError("not_found", "The provider has deleted this group.");
  return group;
}

/** The people in a group, in the order of their user names, `size` a page. */
export async function listPushedMembers(
  _viewer: Viewer,
  groupId: string,
  query: ScimMemberQuery,
  size = 100,
): Promise<Page<PushedMember>> {
  const db = await database();
  const after = readCursor(query.after);
  const text = containing(query.q);
  const rows = await db
    .select({
      id: scimUsers.id,
      key: scimUsers.userNameKey,
      userName: scimUsers.userName,
      active: scimUsers.active,
      userId: scimUsers.userId,
    })
    .from(scimMembers)
    .innerJoin(scimUsers, eq(scimUsers.id, scimMembers.userId))
    .where(
      and(
        eq(scimMembers.groupId, groupId),
        query.q
          ? or(ilike(scimUsers.userName, text), ilike(scimUsers.externalId, text))
          : undefined,
        after
          ? sql`(${scimUsers.userNameKey}, ${scimUsers.id}) > (${after.key}, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(scimUsers.userNameKey, scimUsers.id)
    .limit(size + 1);
  const items = rows.slice(0, size).map(({ key: _, ...member }) => member);
  return { items, next: nextOf(rows, size) };
}

/** The person in the registry whom a pushed user is; null when the provider has deleted them. */
export async function findPersonOf(_viewer: Viewer, scimUserId: string): Promise<string | null> {
  if (!isId(scimUserId)) return null;
  const db = await database();
  const [row] = await db
    .select({ userId: scimUsers.userId })
    .from(scimUsers)
    .where(eq(scimUsers.id, scimUserId));
  return row?.userId ?? null;
}

const MOST_CHILDREN = 100;

/** Groups inside a group; at most 100. */
export async function listChildGroups(
  _viewer: Viewer,
  groupId: string,
): Promise<{ id: string; name: string }[]> {
  const db = await database();
  return db
    .select({ id: scimGroups.id, name: scimGroups.displayName })
    .from(scimMembers)
    .innerJoin(scimGroups, eq(scimGroups.id, scimMembers.childId))
    .where(eq(scimMembers.groupId, groupId))
    .orderBy(scimGroups.displayNameKey)
    .limit(MOST_CHILDREN);
}
