import "server-only";
import { and, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { scimUsers } from "@/db/schema/scim";
import { users } from "@/db/schema/users";
import { lockName } from "../../name-lock/store";
import type { PersonIdentity } from "../../schema";
import { isThem } from "../changes/store";

type Resource = typeof scimUsers.$inferSelect;

type Row = Pick<typeof users.$inferSelect, "id" | "issuer" | "subject" | "disabledAt">;

/** A person as the login method pushed them. */
export interface PushedPerson {
  resource: Resource;
  /** The resource's row in the registry, when nobody has signed in to it. */
  unclaimed: string | null;
  /** Whether it is them for sure, or belongs to nobody else. */
  theirs: boolean;
}

/** What SCIM says about somebody who signs in. */
export interface Standing {
  /** The provider deactivated them. */
  inactive: boolean;
  /** An admin disabled them before they ever signed in. */
  disabled: boolean;
  /** Row of this very login method, issuer and subject. */
  userId: string | null;
  pushed: PushedPerson | null;
}

const resourcesLike = (tx: Queryable, person: PersonIdentity) =>
  tx
    .select()
    .from(scimUsers)
    .where(
      and(
        eq(scimUsers.loginMethodId, person.loginMethod.id),
        or(
          eq(scimUsers.externalId, person.subject),
          eq(scimUsers.userNameKey, person.email.toLowerCase()),
          sql`${scimUsers.userId} = (${tx.select({ id: users.id }).from(users).where(isThem(person))})`,
        ),
      ),
    )
    .orderBy(scimUsers.id);

/** Upper case of ASCII only: a Kelvin sign is no k. */
const folded = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Of several, one that the provider has not deactivated. */
const best = (resources: Resource[]): Resource | undefined =>
  resources.find(({ active }) => active) ?? resources[0];

/**
 * Who it is among the pushed: the resource of their row, else the one whose externalId is their
 * subject, else the one whose userName is their address, unless its externalId shows that it is
 * somebody else. Deactivated in either of the first two means deactivated.
 */
function standingOf(person: PersonIdentity, resources: Resource[], rows: Row[]): Standing {
  const own = rows.find((row) => row.issuer === person.issuer && row.subject === person.subject);
  const holderOf = ({ userId }: Resource) => rows.find(({ id }) => id === userId);
  const isAnothers = (resource: Resource): boolean => {
    const holder = holderOf(resource);
    return (
      !!holder && holder !== own && holder.issuer !== "" && holder.subject === resource.externalId
    );
  };
  const linked = resources.filter(({ userId }) => own && userId === own.id);
  const strong = resources.filter(({ externalId }) => externalId === person.subject);
  const named = resources.filter(
    (resource) => folded(resource.userName) === folded(person.email) && !isAnothers(resource),
  );
  const sure = [...linked, ...strong];
  const resource = best(linked) ?? best(strong) ?? best(named);
  const inactive = (sure.length > 0 ? sure : named).some(({ active }) => !active);
  const userId = own?.id ?? null;
  if (!resource) return { inactive, disabled: false, userId, pushed: null };
  const holder = holderOf(resource);
  const unclaimed = holder?.issuer === "" ? holder : null;
  const theirs = sure.includes(resource) || !holder || unclaimed !== null;
  return {
    ...{ inactive, userId },
    disabled: unclaimed?.disabledAt != null,
    pushed: { resource, unclaimed: unclaimed?.id ?? null, theirs },
  };
}

const rowsOf = (tx: Queryable, person: PersonIdentity, resources: Resource[]) =>
  tx
    .select({
      ...{ id: users.id, issuer: users.issuer },
      ...{ subject: users.subject, disabledAt: users.disabledAt },
    })
    .from(users)
    .where(
      or(
        isThem(person),
        inArray(
          users.id,
          resources.flatMap(({ userId }) => userId ?? []),
        ),
      ),
    )
    .orderBy(users.id);

/** Whether an admin disabled them before they ever signed in, and the provider deleted them since. */
async function wasDisabled(tx: Queryable, person: PersonIdentity): Promise<boolean> {
  const { loginMethod, subject, email } = person;
  const rows = await tx
    .select({ email: users.email, externalId: sql`${users.identity} -> 'scim' ->> 'externalId'` })
    .from(users)
    .where(
      and(
        ...[eq(users.loginMethodId, loginMethod.id), eq(users.issuer, "")],
        isNotNull(users.disabledAt),
        sql`not exists (select 1 from scim_users s where s.user_id = ${users.id})`,
      ),
    );
  return rows.some((row) => row.externalId === subject || folded(row.email) === folded(email));
}

/**
 * What SCIM says about whoever signs in. Until the end of the transaction the resources that may mean
 * them stay as they are, and a push of somebody under their name waits.
 */
export async function lockStanding(
  tx: Queryable,
  person: PersonIdentity,
  scimEnabled: boolean,
): Promise<Standing> {
  const find = () => resourcesLike(tx, person).for("no key update");
  let resources = await find();
  if (scimEnabled) {
    // A first login has no row that a push could wait for, whoever else has the name.
    const { loginMethod, email: name, subject } = person;
    await lockName(tx, { loginMethodId: loginMethod.id, name, subject });
    resources = await find();
  }
  const rows = await rowsOf(tx, person, resources).for("no key update");
  const standing = standingOf(person, resources, rows);
  if (resources.length > 0 || standing.userId) return standing;
  return { ...standing, disabled: await wasDisabled(tx, person) };
}

/** The same without locks, for whoever does not get in. */
export async function readStanding(tx: Queryable, person: PersonIdentity): Promise<Standing> {
  const resources = await resourcesLike(tx, person);
  return standingOf(person, resources, await rowsOf(tx, person, resources));
}

/** The row of somebody who was pushed becomes theirs who signs in: once, and for ever. */
export async function claim(tx: Queryable, id: string, person: PersonIdentity): Promise<void> {
  const { issuer, subject } = person;
  await tx
    .update(users)
    .set({ issuer, subject })
    .where(and(eq(users.id, id), eq(users.issuer, "")));
}

/** The resource becomes that of a person who has a row already; the row that it had goes. */
export async function adopt(tx: Queryable, userId: string, pushed: PushedPerson): Promise<void> {
  const { resource, unclaimed } = pushed;
  if (resource.userId === userId) return;
  const taken = await tx
    .update(scimUsers)
    .set({ userId })
    .where(
      and(
        eq(scimUsers.id, resource.id),
        sql`not exists (select 1 from scim_users o where o.user_id = ${userId})`,
      ),
    );
  if (taken.rowCount === 0) return;
  if (resource.userId && !unclaimed) {
    await tx.update(users).set({ source: "login" }).where(eq(users.id, resource.userId));
  }
  if (unclaimed) await tx.delete(users).where(eq(users.id, unclaimed));
  await tx.update(users).set({ source: "scim" }).where(eq(users.id, userId));
}
