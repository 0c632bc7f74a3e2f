import "server-only";
import { and, desc, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { scimLog } from "@/db/schema/scim";
import type { DataPlane } from "@/lib/kit/data-plane";
import { FORGOTTEN } from "../redact";

const PIECE = 2_000;
const KEPT = sql`now() - interval '90 days'`;
/** A provider that pushes everybody again every hour must not fill the disk. */
const MOST_ENTRIES = 500_000;

/** Bodies that are kept whole: at most 128 KB each, so some gigabytes at the very worst. */
const MOST_BODIES = 50_000;
const SHORT = 2_000;

const idAfter = async (db: Queryable, newest: number): Promise<number | null> => {
  const [row] = await db
    .select({ id: scimLog.id })
    .from(scimLog)
    .orderBy(desc(scimLog.id))
    .offset(newest)
    .limit(1);
  return row?.id ?? null;
};

/** Long bodies of old entries; by the size that is stored, which needs no look into them. */
async function forgetBodies(db: Queryable, newest: number): Promise<void> {
  const last = await idAfter(db, newest);
  if (last === null) return;
  for (const column of [scimLog.request, scimLog.response]) {
    const long = and(lte(scimLog.id, last), sql`pg_column_size(${column}) > ${SHORT}`);
    const piece = db.select({ id: scimLog.id }).from(scimLog).where(long).limit(PIECE);
    for (let gone = PIECE; gone === PIECE; ) {
      const update = db.update(scimLog).set({ [column.name]: FORGOTTEN });
      gone = (await update.where(inArray(scimLog.id, piece))).rowCount ?? 0;
    }
  }
}

async function deletePieces(db: Queryable, which: SQL): Promise<void> {
  const piece = db.select({ id: scimLog.id }).from(scimLog).where(which).limit(PIECE);
  for (let gone = PIECE; gone === PIECE; ) {
    const deleted = await db.delete(scimLog).where(inArray(scimLog.id, piece));
    gone = deleted.rowCount ?? 0;
  }
}

/**
 * Forgets what is older than 90 days, all but the newest `most` entries, and long bodies of all but
 * the newest `bodies`.
 */
export async function deleteOldScimLog(
  _dataPlane: DataPlane,
  { most = MOST_ENTRIES, bodies = MOST_BODIES } = {},
): Promise<void> {
  const db = await database();
  await deletePieces(db, lt(scimLog.at, KEPT));
  const tooOld = await idAfter(db, most);
  if (tooOld !== null) await deletePieces(db, lte(scimLog.id, tooOld));
  await forgetBodies(db, bodies);
}
