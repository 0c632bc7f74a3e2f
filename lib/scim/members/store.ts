import "server-only";
import { sql } from "drizzle-orm";
import type { ScimClient } from "@/lib/kit/actor";
import { inParts } from "../in-parts";
import { isId } from "../resource-id";
import type { MemberRef, MemberStep } from "../schema";
import { invalidValue } from "../scim-error";
import type { ScimTransaction } from "../transaction/store";
import { uuids } from "./ids/store";

/** Whom a change of members was about: Users and Groups that came or went. */
export interface MembersChanged {
  users: string[];
  groups: string[];
}

const unique = (members: readonly MemberRef[]): string[] => [
  ...new Set(members.map(({ value }) => value.toLowerCase())),
];

const unknown = (values: readonly string[]) => {
  const [first = "", ...more] = values;
  const others = more.length > 0 ? ` and ${more.length} more` : "";
  return invalidValue(
    `members: there is no User or Group ${first.slice(0, 100)}${others} here. Create it first; its id is in the answer.`,
  );
};

interface Changed extends Record<string, unknown> {
  user_id: string | null;
  child_id: string | null;
}

const split = (rows: readonly Changed[]): MembersChanged => ({
  users: rows.flatMap(({ user_id: id }) => (id === null ? [] : [id])),
  groups: rows.flatMap(({ child_id: id }) => (id === null ? [] : [id])),
});

/** The ids by what they are; ScimError 400 for one that is neither a User nor a Group of this client. */
async function sorted(tx: ScimTransaction, client: ScimClient, ids: string[]) {
  const strange = ids.filter((id) => !isId(id));
  if (strange.length > 0) throw unknown(strange);
  const list = uuids(ids);
  const { rows } = await tx.execute<{ id: string; kind: "user" | "group" }>(sql`
    select id, 'user' as kind from scim_users
    where id = any(${list}) and login_method_id = ${client.loginMethodId}
    union all
    select id, 'group' from scim_groups
    where id = any(${list}) and login_method_id = ${client.loginMethodId}`);
  const known = new Set(rows.map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length > 0) throw unknown(missing);
  return {
    users: rows.filter(({ kind }) => kind === "user").map(({ id }) => id),
    groups: rows.filter(({ kind }) => kind === "group").map(({ id }) => id),
  };
}

/** A group inside itself, over however many others, would have no end. */
async function refuseCircle(tx: ScimTransaction, groupId: string, children: string[]) {
  const { rows } = await tx.execute(sql`
    with recursive inside(id) as (
      select unnest(${uuids(children)})
      union
      select m.child_id from scim_members m join inside on m.group_id = inside.id
      where m.child_id is not null
    ) select 1 from inside where id = ${groupId} limit 1`);
  if (rows.length > 0) {
    throw invalidValue("members: a Group cannot be a member of itself, not even by way of others.");
  }
}

async function addSome(
  tx: ScimTransaction,
  client: ScimClient,
  groupId: string,
  ids: string[],
): Promise<MembersChanged> {
  const { users, groups } = await sorted(tx, client, ids);
  if (groups.length > 0) await refuseCircle(tx, groupId, groups);
  const { rows } = await tx.execute<Changed>(sql`
    insert into scim_members (group_id, user_id, child_id)
    select ${groupId}::uuid, id, null::uuid from unnest(${uuids(users)}) as id
    union all
    select ${groupId}::uuid, null::uuid, id from unnest(${uuids(groups)}) as id
    on conflict do nothing
    returning user_id, child_id`);
  return split(rows);
}

async function add(
  tx: ScimTransaction,
  client: ScimClient,
  groupId: string,
  members: readonly MemberRef[],
): Promise<MembersChanged> {
  const all: MembersChanged = { users: [], groups: [] };
  for (const ids of inParts(unique(members))) {
    const { users, groups } = await addSome(tx, client, groupId, ids);
    all.users = all.users.concat(users);
    all.groups = all.groups.concat(groups);
  }
  return all;
}

/** Of ids that are no members nothing is said: they are not there, which is what was asked for. */
async function remove(
  tx: ScimTransaction,
  groupId: string,
  members: readonly MemberRef[],
): Promise<MembersChanged> {
  const list = uuids(unique(members).filter(isId));
  const { rows } = await tx.execute<Changed>(sql`
    delete from scim_members
    where group_id = ${groupId} and (user_id = any(${list}) or child_id = any(${list}))
    returning user_id, child_id`);
  return split(rows);
}

/** Removes all but these. */
async function keepOnly(
  tx: ScimTransaction,
  groupId: string,
  members: readonly MemberRef[],
): Promise<MembersChanged> {
  const list = uuids(unique(members).filter(isId));
  const { rows } = await tx.execute<Changed>(sql`
    delete from scim_members m
    where m.group_id = ${groupId} and not exists (
      select from unnest(${list}) as kept where kept = coalesce(m.user_id, m.child_id)
    )
    returning m.user_id, m.child_id`);
  return split(rows);
}

async function take(
  tx: ScimTransaction,
  client: ScimClient,
  groupId: string,
  step: MemberStep,
): Promise<MembersChanged> {
  switch (step.op) {
    case "add":
      return add(tx, client, groupId, step.members);
    case "remove":
      return remove(tx, groupId, step.members);
    case "clear":
      return keepOnly(tx, groupId, []);
    case "replace": {
      const gone = await keepOnly(tx, groupId, step.members);
      const come = await add(tx, client, groupId, step.members);
      return { users: [...gone.users, ...come.users], groups: [...gone.groups, ...come.groups] };
    }
  }
}

/** Who was there at the beginning and not at the end, or the other way round: seen an odd number of times. */
const changedForGood = (ids: readonly string[]): string[] => {
  const odd = new Set<string>();
  for (const id of ids) if (!odd.delete(id)) odd.add(id);
  return [...odd];
};

/**
 * Changes the members of a locked Group, row by row: the group is never read as a whole. Answers who
 * came or went. Throws ScimError 400 for a member that this client does not have.
 */
export async function changeMembers(
  tx: ScimTransaction,
  client: ScimClient,
  groupId: string,
  steps: readonly MemberStep[],
): Promise<MembersChanged> {
  const all: MembersChanged = { users: [], groups: [] };
  for (const step of steps) {
    const { users, groups } = await take(tx, client, groupId, step);
    all.users = all.users.concat(users);
    all.groups = all.groups.concat(groups);
  }
  return { users: changedForGood(all.users), groups: changedForGood(all.groups) };
}
