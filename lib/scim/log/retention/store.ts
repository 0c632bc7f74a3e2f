import "server-only";
import { desc, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { scimLog } from "@/db/schema/scim";
import type { DataPlane } from "@/lib/kit/data-plane";

const PIECE = 2_000;
const KEPT = sql`now() - interval '90 days'`;
/** A provider that pushes everybody again every hour must not fill the disk. */
const MOST_ENTRIES = 500_000;

async function deletePieces(db: Queryable, which: SQL): Promise<void> {
  const piece = db.select({ id: scimLog.id }).from(scimLog).where(which).limit(PIECE);
  for (let gone = PIECE; gone === PIECE; ) {
    const deleted = await db.delete(scimLog).where(inArray(scimLog.id, piece));
    gone = deleted.rowCount ?? 0;
  }
}

/** Forgets what is older than 90 days, and all but the newest `most` entries. */
export async function deleteOldScimLog(_dataPlane: DataPlane, most = MOST_ENTRIES): Promise<void> {
  const db = await database();
  await deletePieces(db, lt(scimLog.at, KEPT));
  const [tooMany] = await db
    .select({ id: scimLog.id })
    .from(scimLog)
    .orderBy(desc(scimLog.id))
    .offset(most)
    .limit(1);
  if (tooMany) await deletePieces(db, lte(scimLog.id, tooMany.id));
}
