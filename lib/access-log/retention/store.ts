import "server-only";
import { and, desc, eq, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { accessLog } from "@/db/schema/access-log";
import type { DataPlane } from "@/lib/kit/data-plane";
import { MOST_FAILED_LOGINS } from "@/lib/logins/schema";

const PIECE = 5_000;
const KEPT = sql`now() - interval '90 days'`;
/** Entries that strangers can make are bounded in number: a flood of days must not fill the disk. */
const MOST_REFUSALS = 1_000_000;

async function deletePieces(db: Queryable, which: SQL | undefined): Promise<void> {
  const piece = db.select({ id: accessLog.id }).from(accessLog).where(which).limit(PIECE);
  for (let gone = PIECE; gone === PIECE; ) {
    const deleted = await db.delete(accessLog).where(inArray(accessLog.id, piece));
    gone = deleted.rowCount ?? 0;
  }
}

/** Forgets all but the newest `most` entries of one kind. */
async function keepNewest(event: "denied" | "login_failed", most: number): Promise<void> {
  const db = await database();
  const isSuch = eq(accessLog.event, event);
  const [tooMany] = await db
    .select({ id: accessLog.id })
    .from(accessLog)
    .where(isSuch)
    .orderBy(desc(accessLog.id))
    .offset(most)
    .limit(1);
  if (tooMany) await deletePieces(db, and(isSuch, lte(accessLog.id, tooMany.id)));
}

/**
 * Forgets what is older than 90 days, and of the gate's refusals and of failed logins all but the
 * newest, in pieces that hold no lock for long. Logins by a person whom the provider named go by their
 * age alone: a flood pushes none of them out.
 */
export async function deleteOldAccess(
  _dataPlane: DataPlane,
  { refusals = MOST_REFUSALS, failed = MOST_FAILED_LOGINS } = {},
): Promise<void> {
  await deletePieces(await database(), lt(accessLog.at, KEPT));
  await keepNewest("denied", refusals);
  await keepNewest("login_failed", failed);
}
