import "server-only";
import { sql } from "drizzle-orm";
import type { ResourceType } from "../../schema";
import type { ScimTransaction } from "../../transaction/store";
import { uuids } from "../ids/store";

/** A member of a group: what the schema has of one (RFC 7643 §8.7.1), and no name to look up for each. */
export interface Member {
  value: string;
  type: ResourceType;
}

/** Whether a Group has more members than `count`, of which no more are looked at. */
export async function hasMoreMembersThan(
  tx: ScimTransaction,
  groupId: string,
  count: number,
): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from scim_members where group_id = ${groupId} offset ${count} limit 1`);
  return rows.length > 0;
}

/** How many of these Groups, from the first on, have `most` members together; at least one. */
export async function groupsWithin(
  tx: ScimTransaction,
  groupIds: readonly string[],
  most: number,
): Promise<number> {
  if (groupIds.length === 0) return 0;
  const { rows } = await tx.execute<{ group_id: string; count: number }>(sql`
    select group_id, count(*)::int as count from scim_members
    where group_id = any(${uuids(groupIds)}) group by group_id`);
  const counts = new Map(rows.map(({ group_id: id, count }) => [id, count]));
  let members = 0;
  for (const [at, id] of groupIds.entries()) {
    members += counts.get(id) ?? 0;
    if (members > most) return Math.max(1, at);
  }
  return groupIds.length;
}

/** Members of some Groups, by group. */
export async function membersOf(
  tx: ScimTransaction,
  groupIds: readonly string[],
): Promise<Map<string, Member[]>> {
  const byGroup = new Map<string, Member[]>(groupIds.map((id) => [id, []]));
  if (groupIds.length === 0) return byGroup;
  const { rows } = await tx.execute<{ group_id: string; value: string; type: ResourceType }>(sql`
    select group_id, coalesce(user_id, child_id) as value,
      case when user_id is null then 'Group' else 'User' end as type
    from scim_members where group_id = any(${uuids(groupIds)})`);
  for (const { group_id: groupId, ...member } of rows) byGroup.get(groupId)?.push(member);
  return byGroup;
}

/** A group that a User is in. */
export interface GroupOf {
  value: string;
  display: string;
  /** Indirect: by way of a group inside it. */
  type: "direct" | "indirect";
}

/** The groups of some Users, by user. */
export async function groupsOf(
  tx: ScimTransaction,
  userIds: readonly string[],
): Promise<Map<string, GroupOf[]>> {
  const byUser = new Map<string, GroupOf[]>(userIds.map((id) => [id, []]));
  if (userIds.length === 0) return byUser;
  const { rows } = await tx.execute<{
    user_id: string;
    value: string;
    display: string;
    direct: boolean;
  }>(sql`
    with recursive above(user_id, group_id, direct) as (
      select user_id, group_id, true from scim_members where user_id = any(${uuids(userIds)})
      union
      select above.user_id, m.group_id, false
      from scim_members m join above on m.child_id = above.group_id
    )
    select above.user_id, g.id as value, g.display_name as display, bool_or(above.direct) as direct
    from above join scim_groups g on g.id = above.group_id
    group by above.user_id, g.id, g.display_name
    order by g.display_name, g.id`);
  for (const { user_id: userId, direct, ...group } of rows) {
    byUser.get(userId)?.push({ ...group, type: direct ? "direct" : "indirect" });
  }
  return byUser;
}
