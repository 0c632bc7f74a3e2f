import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { users } from "@/db/schema/users";
import type { Change } from "@/lib/audit/schema";
import { recordChange } from "@/lib/audit/store";
import { identityChanges } from "../../identity-changes";
import { identitySchema, type PersonIdentity } from "../../schema";

/** Which login it was, for whoever reads of it. */
export interface LoginNote {
  ip: string | null;
  /** Reference of its entry in the Access log. */
  ref: string;
}

export const isThem = ({ loginMethod, issuer, subject }: PersonIdentity): SQL | undefined =>
  and(
    eq(users.loginMethodId, loginMethod.id),
    eq(users.issuer, issuer),
    eq(users.subject, subject),
  );

/** What a login tells otherwise about a person than the registry has it; none for somebody new. Locks the row. */
export async function newsAbout(tx: Queryable, person: PersonIdentity): Promise<Change[]> {
  const [row] = await tx
    .select({ identity: users.identity })
    .from(users)
    .where(isThem(person))
    .for("no key update");
  const known = identitySchema.safeParse(row?.identity).data;
  // What was pushed stays beside what a login says, unless that brings newer.
  return known ? identityChanges(known, { scim: known.scim, ...person }) : [];
}

/** The identity of before is kept until something differs. */
export const keepingPrevious = (changes: readonly Change[]) =>
  changes.length > 0 && { previousIdentity: sql`${users.identity}` };

/** Tells of it in the Audit logs of the person. */
export async function recordNews(
  tx: Queryable,
  userId: string,
  { email, loginMethod }: PersonIdentity,
  changes: Change[],
  { ip, ref }: LoginNote,
): Promise<void> {
  if (changes.length === 0) return;
  const actor = { id: null, name: loginMethod.name };
  await recordChange(
    tx,
    { ...actor, from: { ip, requestId: ref, door: "login" } },
    { action: "user.identity", target: { type: "user", id: userId, name: email }, changes },
  );
}
