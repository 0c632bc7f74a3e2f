import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { insertLoginMethod } from "@/db/testing-rows";
import type { ResourceType } from "../schema";
import { parseFilter } from "./parse";
import { filterToSql, sortToSql } from "./store";

useTestDatabase();

const ID = randomUUID();
let loginMethodId = "";
beforeAll(async () => {
  loginMethodId = (await insertLoginMethod()).id;
  const db = await database();
  await db.execute(sql`
    insert into scim_users (login_method_id, user_name, user_name_key, external_id, emails, attributes)
    select ${loginMethodId}::uuid, 'u' || n, 'u' || n, 'x' || n, array['u' || n || '@example.com'], '{}'
    from generate_series(1, 2000) n`);
  await db.execute(sql`
    insert into scim_groups (login_method_id, display_name, display_name_key, external_id, attributes)
    select ${loginMethodId}::uuid, 'g' || n, 'g' || n, 'x' || n, '{}' from generate_series(1, 500) n`);
  await db.execute(sql`
    insert into scim_members (group_id, user_id) select g.id, u.id from scim_groups g, scim_users u
    where hashtext(g.id::text || u.id::text) % 100 = 0`);
  await db.execute(sql`analyze scim_users, scim_groups, scim_members`);
});

/** Without the way out of reading all: on small tables that is cheap, on large ones it is not. */
async function planOf(type: ResourceType, filter: string | null, sortBy: string | null) {
  const db = await database();
  const table = sql.raw(type === "User" ? "scim_users" : "scim_groups");
  const where = filter === null ? sql`true` : filterToSql(parseFilter(filter), type);
  const order = sql.join(sortToSql(sortBy, "ascending", type), sql`, `);
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    const { rows } = await tx.execute(sql`explain (costs off) select * from ${table}
      where login_method_id = ${loginMethodId} and ${where} order by ${order} limit 100`);
    return rows.map((row) => Object.values(row).join()).join("\n");
  });
}

describe("a filter that providers send", () => {
  it.each<[ResourceType, string, string[]]>([
    ["User", 'userName eq "U7"', ["scim_users_user_name"]],
    ["User", 'userName sw "U7"', ["scim_users_user_name"]],
    ["User", 'externalId eq "x7"', ["scim_users_external_id"]],
    ["User", `id eq "${ID}"`, ["scim_users_pkey"]],
    ["User", 'emails.value eq "U7@example.com"', ["scim_users_emails"]],
    ["User", 'emails eq "U7@example.com"', ["scim_users_emails"]],
    ["User", 'emails[type eq "work"].value eq "U7@example.com"', ["scim_users_emails"]],
    ["User", 'emails[type eq "work" and value eq "U7@example.com"]', ["scim_users_emails"]],
    [
      "User",
      'userName eq "u7" or emails.value eq "u7"',
      ["scim_users_user_name", "scim_users_emails"],
    ],
    ["User", `groups.value eq "${ID}"`, ["Index Cond: (group_id = ANY"]],
    ["Group", 'displayName eq "G7"', ["scim_groups_display_name"]],
    ["Group", 'externalId eq "x7"', ["scim_groups_external_id"]],
    ["Group", `id eq "${ID}" and displayName pr`, ["scim_groups_pkey"]],
    ["Group", `members.value eq "${ID}"`, ["scim_members_of_user", "scim_groups_pkey"]],
    ["Group", `members[value eq "${ID}"]`, ["scim_members_of_user", "scim_groups_pkey"]],
    ["Group", `id eq "${ID}" and members eq "${ID}"`, ["scim_groups_pkey"]],
  ])("of a %s, %s, is answered by an index", async (type, filter, indexes) => {
    const plan = await planOf(type, filter, null);
    for (const index of indexes) expect(plan).toContain(index);
  });

  it.each<[ResourceType, string | null, string]>([
    ["User", null, "scim_users_order"],
    ["User", "userName", "scim_users_user_name"],
    ["Group", null, "scim_groups_order"],
    ["Group", "displayName", "scim_groups_display_name"],
  ])("may ask for %ss sorted by %s from an index", async (type, sortBy, index) => {
    expect(await planOf(type, null, sortBy)).toContain(`using ${index}`);
  });
});
