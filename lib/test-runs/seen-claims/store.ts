import "server-only";
import { and, desc, eq, notInArray, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { seenClaims } from "@/db/schema/seen-claims";
import type { Viewer } from "@/lib/kit/actor";
import type { RunCapability } from "@/lib/kit/run-capability";
import { MOST_SEEN, type SeenClaim } from "./seen";

/** Of forms that were never saved. */
const ABANDONED = sql`${seenClaims.lastSeenAt} < now() - interval '7 days' and not exists (
  select from ${loginMethods} where ${loginMethods.id} = ${seenClaims.loginMethodId})`;

/** Remembers the claims of a passed run, all under one time; the oldest make room. */
export async function rememberClaims(
  { loginMethodId }: RunCapability,
  seen: readonly SeenClaim[],
): Promise<void> {
  if (seen.length === 0) return;
  const db = await database();
  await db.transaction(async (tx) => {
    const rows = seen
      .map((claim) => ({ loginMethodId, ...claim, lastSeenAt: sql`now()` }))
      // Two runs that end at once must not wait for each other's rows.
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    await tx
      .insert(seenClaims)
      .values(rows)
      .onConflictDoUpdate({
        target: [seenClaims.loginMethodId, seenClaims.name],
        set: {
          type: sql`excluded.type`,
          source: sql`excluded.source`,
          lastSeenAt: sql`excluded.last_seen_at`,
        },
      });
    const kept = tx
      .select({ name: seenClaims.name })
      .from(seenClaims)
      .where(eq(seenClaims.loginMethodId, loginMethodId))
      .orderBy(desc(seenClaims.lastSeenAt), seenClaims.name)
      .limit(MOST_SEEN);
    await tx
      .delete(seenClaims)
      .where(and(eq(seenClaims.loginMethodId, loginMethodId), notInArray(seenClaims.name, kept)));
    await tx.delete(seenClaims).where(ABANDONED);
  });
}

/** Names of the claims that the last passed run brought; empty before the first. */
export async function claimsOfLastPass({ loginMethodId }: RunCapability): Promise<string[]> {
  const db = await database();
  const rows = await db
    .select({ name: seenClaims.name })
    .from(seenClaims)
    .where(
      sql`${seenClaims.loginMethodId} = ${loginMethodId} and ${seenClaims.lastSeenAt} = (
        select max(last_seen_at) from seen_claims where login_method_id = ${loginMethodId})`,
    )
    .orderBy(seenClaims.name);
  return rows.map(({ name }) => name);
}

export interface RememberedClaim extends SeenClaim {
  lastSeenAt: string;
}

/** What passed runs of one login method brought, the newest first. */
export async function listSeenClaims(
  _viewer: Viewer,
  loginMethodId: string,
): Promise<RememberedClaim[]> {
  const db = await database();
  const rows = await db
    .select()
    .from(seenClaims)
    .where(eq(seenClaims.loginMethodId, loginMethodId))
    .orderBy(desc(seenClaims.lastSeenAt), seenClaims.name)
    .limit(MOST_SEEN);
  return rows.map(({ name, type, source, lastSeenAt }) => ({
    name,
    type,
    source,
    lastSeenAt: lastSeenAt.toISOString(),
  }));
}
