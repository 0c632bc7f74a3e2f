import "server-only";
import { and, desc, eq, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { accessLog } from "@/db/schema/access-log";
import type { DataPlane } from "@/lib/kit/data-plane";

const PIECE = 5_000;
const KEPT = sql`now() - interval '90 days'`;
/** Refusals that are kept: a flood that goes on for days must not fill the disk. */
const MOST_REFUSALS = 1_000_000;
const isRefusal = eq(accessLog.event, "denied");

async function deletePieces(db: Queryable, which: SQL | undefined): Promise<void> {
  const piece = db.select({ id: accessLog.id }).from(accessLog).where(which).limit(PIECE);
  for (let gone = PIECE; gone === PIECE; ) {
    const deleted = await db.delete(accessLog).where(inArray(accessLog.id, piece));
    gone = deleted.rowCount ?? 0;
  }
}

/**
 * Forgets what is older than 90 days, and of the gate's refusals all but the newest `most`, in pieces
 * that hold no lock for long. Logins go by their age alone: a flood pushes none of them out.
 */
export async function deleteOldAccess(_dataPlane: DataPlane, most = MOST_REFUSALS): Promise<void> {
  const db = await database();
  await deletePieces(db, lt(accessLog.at, KEPT));
  const [tooMany] = await db
    .select({ id: accessLog.id })
    .from(accessLog)
    .where(isRefusal)
    .orderBy(desc(accessLog.id))
    .offset(most)
    .limit(1);
  if (tooMany) await deletePieces(db, and(isRefusal, lte(accessLog.id, tooMany.id)));
}
