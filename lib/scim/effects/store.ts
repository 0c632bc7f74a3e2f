import "server-only";
import { and, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { scimGroups } from "@/db/schema/scim";
import { users } from "@/db/schema/users";
import type { ScimClient } from "@/lib/kit/actor";
import { endSessionsOfAll, lockUsers } from "@/lib/sessions/revoking/store";
import { identitySchema } from "@/lib/users/schema";
import type { Effect, ScimUser } from "../schema";
import { deprovision } from "./deprovision/store";
import { groupValue } from "./group-values/store";
import { emailOf, saysTheSame, withPushed } from "./identity";
import { linkPerson, lockLogins, pushedGroupsOf } from "./linking/store";

const follows = ({ settings }: ScimClient, issuer: string): boolean =>
  settings.identity_update_behavior === "automatic" || issuer === "";

/** Null while the provider pushes people only: then their groups are those of their logins. */
async function groupsOf(
  tx: Queryable,
  client: ScimClient,
  user: ScimUser,
): Promise<string[] | null> {
  const groups = await pushedGroupsOf(tx, client, user.id);
  if (groups.length > 0) return groups;
  const ofMethod = eq(scimGroups.loginMethodId, user.loginMethodId);
  const any = await tx.select({ id: scimGroups.id }).from(scimGroups).where(ofMethod).limit(1);
  return any.length > 0 ? [] : null;
}

/** Tells the registry what was pushed. Who has not signed in is always as they are pushed. */
async function refreshIdentity(
  tx: Queryable,
  client: ScimClient,
  user: ScimUser,
  userId: string,
): Promise<Effect[]> {
  // Locked first, read in the next statement: a change of a group that was waited for counts.
  const [row] = await tx.select().from(users).where(eq(users.id, userId)).for("no key update");
  if (!row || !follows(client, row.issuer)) return [];
  const before = identitySchema.parse(row.identity);
  const after = withPushed(before, user, await groupsOf(tx, client, user));
  const changed = !saysTheSame(before, after);
  const now = sql`clock_timestamp()`;
  await tx
    .update(users)
    .set({
      email: after.email,
      name: after.name,
      identity: { ...after },
      identityUpdatedAt: now,
      updatedAt: now,
      ...(changed && { previousIdentity: row.identity }),
    })
    .where(eq(users.id, userId));
  return changed ? [{ kind: "identity_updated", userId, email: after.email, count: 1 }] : [];
}

/**
 * Deprovisions whom an inactive resource means since this change. One that was renamed means others,
 * and those of before are not to be found by it any more: both lose what they have.
 */
async function takeAway(
  tx: Queryable,
  client: ScimClient,
  change: { before: ScimUser | null; after: ScimUser; linked: boolean },
): Promise<Effect[]> {
  const { before, after, linked } = change;
  const { userId } = after;
  const renamed =
    before && (before.userName !== after.userName || before.externalId !== after.externalId);
  if (before && !before.active && !renamed && !linked) return [];
  if (renamed) await lockLogins(tx, after);
  const meant = renamed ? [{ ...before, userId }, after] : [after];
  return deprovision(tx, client, meant, { userId, email: emailOf(after) });
}

/**
 * What a User that was created or changed does to people. To be called in the transaction of the
 * change, when the row is written and still locked. `before` is null for a new one. Answers what
 * happened, for the log.
 */
export async function onUserWritten(
  tx: Queryable,
  client: ScimClient,
  before: ScimUser | null,
  after: ScimUser,
): Promise<Effect[]> {
  const { userId, how } = await linkPerson(tx, client, after);
  const whose = { userId, email: emailOf(after) };
  const user = { ...after, userId };
  const effects: Effect[] = how === "before" ? [] : [{ kind: how, ...whose, count: 1 }];
  const wasActive = before?.active ?? true;
  if (!after.active) {
    effects.push(
      ...(await takeAway(tx, client, { before, after: user, linked: how === "linked" })),
    );
    if (wasActive && client.settings.user_deprovision) {
      effects.push({ kind: "kept_out", ...whose, count: 1 });
    }
  }
  if (!wasActive && after.active && client.settings.user_deprovision) {
    effects.push({ kind: "let_in_again", ...whose, count: 1 });
  }
  if (how !== "registered") effects.push(...(await refreshIdentity(tx, client, user, userId)));
  return effects;
}

/**
 * What a deleted User does to people. To be called in the transaction of the deletion, with the row as
 * it was. Who never signed in leaves the registry with it, unless an admin disabled them, which holds
 * when they are pushed again; others stay, and may sign in again.
 */
export async function onUserDeleted(
  tx: Queryable,
  client: ScimClient,
  before: ScimUser,
): Promise<Effect[]> {
  const whose = { userId: before.userId, email: emailOf(before) };
  const effects = await deprovision(tx, client, [before], whose);
  if (!before.userId) return effects;
  const unseen = and(eq(users.id, before.userId), eq(users.issuer, ""));
  await tx.delete(users).where(and(unseen, isNull(users.disabledAt)));
  const seen = and(eq(users.id, before.userId), ne(users.issuer, ""));
  await tx.update(users).set({ source: "login" }).where(seen);
  return effects;
}

/**
 * Users whose groups changed. A whole group is for its renaming; `leaving` is for its deletion, and to
 * be called before the rows of the group go.
 */
export type Members = readonly string[] | { groupId: string; leaving?: true };

const isList = (members: Members): members is readonly string[] => Array.isArray(members);

const resourcesOf = ({ loginMethodId }: ScimClient, members: Members): SQL =>
  isList(members)
    ? sql`s.login_method_id = ${loginMethodId} and s.id = any(${sql.param(members)}::uuid[])`
    : sql`s.login_method_id = ${loginMethodId} and s.id in (
        select m.user_id from scim_members m where m.group_id = ${members.groupId}
      )`;

interface Regrouped extends Record<string, unknown> {
  count: number;
  /** Of one of them. */
  id: string | null;
  email: string | null;
}

/** The groups of people as they are pushed now, in one statement. Their rows must be locked before. */
async function regroup(tx: Queryable, client: ScimClient, members: Members): Promise<Regrouped> {
  const leaving = isList(members) || !members.leaving ? null : members.groupId;
  const { rows } = await tx.execute<Regrouped>(sql`
    with pushed as (
      select s.user_id, coalesce(
        jsonb_agg(${groupValue(client.loginMethodKind)} order by g.display_name_key) filter (where g.id is not null), '[]'
      ) as groups
      from scim_users s
      left join scim_members m on m.user_id = s.id
      left join scim_groups g on g.id = m.group_id and g.id is distinct from ${leaving}::uuid
      where s.user_id is not null and ${resourcesOf(client, members)}
      group by s.user_id
    ), updated as (
      update users u set previous_identity = u.identity, identity_updated_at = clock_timestamp(),
        updated_at = clock_timestamp(), identity = jsonb_set(
          u.identity || jsonb_build_object('groups', p.groups),
          '{scim,refreshedAt}', to_jsonb(${new Date().toISOString()}::text)
        )
      from pushed p
      where u.id = p.user_id and (${follows(client, "-")} or u.issuer = '')
        and u.identity -> 'groups' is distinct from p.groups
      returning u.id, u.email
    )
    select count(*)::int as count, min(id::text) as id, min(email) as email from updated`);
  return rows[0] ?? { count: 0, id: null, email: null };
}

/**
 * What a change of groups does to the people in them. To be called in the transaction of the change,
 * after it (but see `Members`), while the group is locked; with those only whose membership did change.
 * The number of statements is the same for one person and for 100,000. Groups inside groups lend
 * nobody a membership.
 */
export async function onMembershipChanged(
  tx: Queryable,
  client: ScimClient,
  members: Members,
): Promise<Effect[]> {
  if (isList(members) && members.length === 0) return [];
  const people = sql`
    select s.user_id from scim_users s
    where s.user_id is not null and ${resourcesOf(client, members)}`;
  await lockUsers(tx, people);
  const effects: Effect[] = [];
  const { count, id, email } = await regroup(tx, client, members);
  const whose = count === 1 ? { userId: id, email } : { userId: null, email: null };
  if (count > 0) effects.push({ kind: "identity_updated", ...whose, count });
  if (client.settings.identity_update_behavior !== "reauth") return effects;
  const ended = await endSessionsOfAll(tx, people, "groups_changed");
  if (ended.sessions === 0) return effects;
  const { sessions, applications } = ended;
  const one = isList(members) && members.length === 1 ? await personOf(tx, members[0]) : null;
  effects.push({
    kind: "sessions_ended",
    userId: one?.id ?? null,
    email: one?.email ?? null,
    count: sessions,
    applications,
  });
  return effects;
}

async function personOf(tx: Queryable, resourceId: string | undefined) {
  const { rows } = await tx.execute<{ id: string; email: string }>(sql`
    select u.id, u.email from scim_users s join users u on u.id = s.user_id
    where s.id = ${resourceId}`);
  return rows[0] ?? null;
}
