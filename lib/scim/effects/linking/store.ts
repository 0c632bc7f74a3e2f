import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { users } from "@/db/schema/users";
import type { ScimClient } from "@/lib/kit/actor";
import { lockName } from "@/lib/users/name-lock/store";
import type { ScimUser } from "../../schema";
import { groupValue } from "../group-values/store";
import { identityOfResource, pushedIdentity } from "../identity";

type Resource = Pick<ScimUser, "id" | "loginMethodId" | "userName" | "externalId" | "userId">;

const heldByAnother = (resource: Resource): SQL => sql`exists (
  select 1 from scim_users other where other.user_id = u.id and other.id <> ${resource.id}
)`;

/**
 * Rows of people who signed in with this subject. A login method has few issuers; they are walked
 * along the index, because people are found by issuer and subject only.
 */
const bySubject = ({ loginMethodId, externalId }: Resource): SQL => sql`(
  with recursive issuers (issuer) as (
    select min(issuer) from users where login_method_id = ${loginMethodId} and issuer > ''
    union all
    select (
      select min(n.issuer) from users n where n.login_method_id = ${loginMethodId} and n.issuer > i.issuer
    ) from issuers i where i.issuer is not null
  )
  select u.* from issuers i join users u
    on u.login_method_id = ${loginMethodId} and u.issuer = i.issuer and u.subject = ${externalId}
)`;

/** Collation C folds ASCII letters only: a Kelvin sign is no k here. */
const byName = ({ loginMethodId, userName }: Resource): SQL => sql`(
  select u.* from users u
  where u.login_method_id = ${loginMethodId} and u.issuer <> ''
    and lower(u.email) = lower(${userName}::text)
    and lower(u.email collate "C") = lower(${userName}::text collate "C")
)`;

/**
 * Who was disabled before they ever signed in, and then deleted by the provider: an admin's word holds
 * for whoever comes back under the same externalId, or the same name and no other externalId.
 */
const disabledBefore = ({ loginMethodId, userName, externalId }: Resource): SQL => sql`(
  select u.* from users u
  where u.login_method_id = ${loginMethodId} and u.issuer = '' and u.disabled_at is not null
    and case when u.identity -> 'scim' ->> 'externalId' <> ${externalId}::text then false
      else u.identity -> 'scim' ->> 'externalId' = ${externalId}::text
        or lower(u.email collate "C") = lower(${userName}::text collate "C") end
)`;

/**
 * Ids of everybody whom a resource means, for taking access away: the person it is linked with,
 * whoever signed in with its externalId as subject, and, unless that is the linked person for sure,
 * whoever signed in under its name and is no other resource's person.
 */
export const everyoneMeant = (resource: Resource): SQL => sql`(
  select u.id from users u where u.id = ${resource.userId}
  union select u.id from ${bySubject(resource)} u
  union select u.id from ${byName(resource)} u
  where not ${heldByAnother(resource)} and not exists (
    select 1 from users l
    where l.id = ${resource.userId} and l.issuer <> '' and l.subject = ${resource.externalId}
  )
)`;

/** The same of several resources, or of one as it was and as it is. */
export const everyoneMeantByAny = (resources: Resource[]): SQL =>
  sql`(${sql.join(resources.map(everyoneMeant), sql` union `)})`;

/**
 * The row that a resource without a person takes: by subject, else one that waits disabled, else by name; of several the one with
 * the latest login; never another resource's. A person whom the provider pushed under their very
 * subject before is not taken by name for a resource with another externalId.
 */
async function findPerson(tx: Queryable, resource: Resource): Promise<string | null> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from (
      select u.id, u.last_login_at, 0 as weak from ${bySubject(resource)} u
      where not ${heldByAnother(resource)}
      union all
      select u.id, u.last_login_at, 1 as weak from ${disabledBefore(resource)} u
      where not ${heldByAnother(resource)}
      union all
      select u.id, u.last_login_at, 2 as weak from ${byName(resource)} u
      where not ${heldByAnother(resource)} and not (
        ${resource.externalId}::text is not null
        and coalesce(u.identity -> 'scim' ->> 'externalId', '') = u.subject
      )
    ) found order by weak, last_login_at desc nulls last, id limit 1`);
  return rows[0]?.id ?? null;
}

/** False when another resource took the person in between. */
async function takePerson(tx: Queryable, user: ScimUser, userId: string): Promise<boolean> {
  const [person] = await tx
    .select({ id: users.id })
    .from(users)
    .where(eq(users.id, userId))
    .for("no key update");
  if (!person) return false;
  const taken = await tx.execute(sql`
    update scim_users set user_id = ${userId} where id = ${user.id}
      and not exists (select 1 from scim_users o where o.user_id = ${userId})`);
  if (taken.rowCount === 0) return false;
  const scim = JSON.stringify({ scim: pushedIdentity(user, new Date()) });
  await tx
    .update(users)
    .set({
      source: "scim",
      subject: sql`case when ${users.issuer} = '' then ${user.id} else ${users.subject} end`,
      identity: sql`${users.identity} || ${scim}::jsonb`,
    })
    .where(eq(users.id, userId));
  return true;
}

export async function pushedGroupsOf(
  tx: Queryable,
  { loginMethodKind }: ScimClient,
  resourceId: string,
): Promise<string[]> {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select ${groupValue(loginMethodKind)} as name from scim_members m join scim_groups g on g.id = m.group_id
    where m.user_id = ${resourceId} order by g.display_name_key`);
  return rows.map(({ name }) => name);
}

async function registerPerson(tx: Queryable, client: ScimClient, user: ScimUser) {
  const { loginMethodId, loginMethodName, loginMethodKind } = client;
  const loginMethod = { id: loginMethodId, name: loginMethodName, kind: loginMethodKind };
  const identity = identityOfResource(user, loginMethod, await pushedGroupsOf(tx, client, user.id));
  const { email, name, issuer, subject } = identity;
  const [made] = await tx
    .insert(users)
    .values({
      ...{ loginMethodId, loginMethodName, loginMethodKind, issuer, subject, email, name },
      identity: { ...identity },
      seat: false,
      source: "scim",
    })
    .returning({ id: users.id });
  if (!made) throw new Error("the person was not registered");
  await tx.execute(sql`update scim_users set user_id = ${made.id} where id = ${user.id}`);
  return made.id;
}

export interface Linked {
  userId: string;
  how: "before" | "linked" | "registered";
}

/** First logins under the name or subject of a resource are over, or wait for the end of `tx`. */
export const lockLogins = (tx: Queryable, resource: Resource): Promise<void> => {
  const { loginMethodId, userName: name, externalId: subject } = resource;
  return lockName(tx, { loginMethodId, name, subject });
};

/** The person of a resource in the registry, found or made. The resource's row must be locked. */
export async function linkPerson(
  tx: Queryable,
  client: ScimClient,
  user: ScimUser,
): Promise<Linked> {
  if (user.userId) return { userId: user.userId, how: "before" };
  await lockLogins(tx, user);
  const found = await findPerson(tx, user);
  if (found && (await takePerson(tx, user, found))) return { userId: found, how: "linked" };
  return { userId: await registerPerson(tx, client, user), how: "registered" };
}
