import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { ResourceType } from "../../schema";
import { GROUP_URN, USER_URN } from "../../schema";
import type { Leaf } from "../compare/store";

/** Where attributes are that have no place in `attributes`. */
export type Stored =
  | Leaf
  /** An object of such. */
  | { readonly kind: "row"; readonly parts: Readonly<Record<string, Stored>> }
  /** A list of objects in other tables: `select 1 from … where …`, to which a condition is added. */
  | { readonly kind: "rows"; readonly parts: Readonly<Record<string, Stored>>; readonly from: SQL };

const leaf = (kind: Exclude<Leaf["kind"], "address">, value: SQL): Leaf => ({ kind, sql: value });
const address: Leaf = { kind: "address" };

const schemasOf = (urn: string, attributes: SQL): Leaf =>
  leaf(
    "json",
    sql`(jsonb_build_array(${urn}::text) || coalesce((
      select jsonb_agg(name) from jsonb_object_keys(${attributes}) as name where name ilike 'urn:%'
    ), '[]'))`,
  );

const metaOf = (type: ResourceType, table: SQL): Stored => ({
  kind: "row",
  parts: {
    resourceType: leaf("text", sql`${type}::text`),
    created: leaf("instant", sql`${table}.created_at`),
    lastModified: leaf("instant", sql`${table}.updated_at`),
    location: address,
    version: leaf("text", sql`('W/"' || ${table}.version || '"')`),
  },
});

/** As lib/scim/members/store.ts names them. */
const members: Stored = {
  kind: "rows",
  from: sql`select 1 from scim_members member
    where member.group_id = scim_groups.id`,
  parts: {
    value: leaf("uuid", sql`coalesce(member.user_id, member.child_id)`),
    $ref: address,
    type: leaf("text", sql`(case when member.user_id is null then 'Group' else 'User' end)`),
  },
};

const groups: Stored = {
  kind: "rows",
  from: sql`select 1 from (
      with recursive above(group_id, direct) as (
        select group_id, true from scim_members where user_id = scim_users.id
        union
        select outer_member.group_id, false from scim_members outer_member
        join above on outer_member.child_id = above.group_id
      ) select group_id, bool_or(direct) as direct from above group by group_id
    ) inside join scim_groups around on around.id = inside.group_id
    where true`,
  parts: {
    value: leaf("uuid", sql`around.id`),
    $ref: address,
    display: leaf("text", sql`around.display_name`),
    type: leaf("text", sql`(case when inside.direct then 'direct' else 'indirect' end)`),
  },
};

export const stored: Readonly<Record<ResourceType, Readonly<Record<string, Stored>>>> = {
  User: {
    schemas: schemasOf(USER_URN, sql`scim_users.attributes`),
    id: leaf("uuid", sql`scim_users.id`),
    userName: leaf("key", sql`scim_users.user_name_key`),
    externalId: leaf("text", sql`scim_users.external_id`),
    active: leaf("boolean", sql`scim_users.active`),
    meta: metaOf("User", sql`scim_users`),
    groups,
  },
  Group: {
    schemas: schemasOf(GROUP_URN, sql`scim_groups.attributes`),
    id: leaf("uuid", sql`scim_groups.id`),
    displayName: leaf("key", sql`scim_groups.display_name_key`),
    externalId: leaf("text", sql`scim_groups.external_id`),
    meta: metaOf("Group", sql`scim_groups`),
    members,
  },
};

export const attributesOf = {
  User: sql`scim_users.attributes`,
  Group: sql`scim_groups.attributes`,
} as const;

export const emailKeys: Leaf = leaf("keys", sql`scim_users.emails`);

/** Users in a group or in a group inside it. An array, since it is few groups: each is looked up. */
export const usersInGroup = (groupId: string): SQL => sql`scim_users.id in (
  select user_id from scim_members where user_id is not null and group_id = any(array(
    with recursive inside(id) as (
      select ${groupId}::uuid
      union
      select nested.child_id from scim_members nested join inside on nested.group_id = inside.id
      where nested.child_id is not null
    ) select id from inside)))`;

export const groupsWithMember = (memberId: string): SQL => sql`scim_groups.id = any(array(
  select group_id from scim_members where user_id = ${memberId}::uuid
  union all
  select group_id from scim_members where child_id = ${memberId}::uuid))`;
