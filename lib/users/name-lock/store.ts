import "server-only";
import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";

export interface NameLock {
  loginMethodId: string;
  /** Email address, or SCIM's userName. */
  name: string;
  /** Subject, or SCIM's externalId. */
  subject: string | null;
}

/**
 * Until the end of the transaction, nobody else registers a person under this name or subject of the
 * login method: a login and a push at the same moment find each other. To be taken after the lock on
 * a row of `scim_users` and before one on a row of `users`.
 */
export async function lockName(tx: Queryable, person: NameLock): Promise<void> {
  const { loginMethodId, name, subject } = person;
  const keys = [`name ${loginMethodId} ${name.toLowerCase()}`];
  if (subject) keys.push(`subject ${loginMethodId} ${subject}`);
  await tx.execute(sql`
    select count(pg_advisory_xact_lock(key)) from (
      select distinct hashtextextended(text, 0) as key
      from unnest(${sql.param(keys)}::text[]) as text order by 1
    ) keys`);
}
