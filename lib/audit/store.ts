import "server-only";
import { and, desc, eq, ilike, lt, or, type SQL } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { containing } from "@/db/like";
import { auditLog } from "@/db/schema/audit-log";
import type { Origin, Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import type { AuditEntry, AuditFacets, AuditPage, AuditQuery, Change } from "./schema";

/** Who did it: a signed-in admin, or a name such as "environment" with no id. */
export interface ChangeActor {
  id: string | null;
  name: string;
  from: Origin;
}

export interface ChangeEntry {
  /** `login_method.create`, `admin.remove` … */
  action: string;
  target: { type: string; id: string | null; name: string };
  changes?: Change[];
}

/** Writes one entry of the Admin log in the transaction of the change itself: both or neither. */
export async function recordChange(
  tx: Queryable,
  { id, name, from }: ChangeActor,
  { action, target, changes = [] }: ChangeEntry,
): Promise<void> {
  await tx.insert(auditLog).values({
    actorId: id,
    actorName: name,
    action,
    targetType: target.type,
    targetId: target.id,
    targetName: target.name,
    changes,
    ip: from.ip,
    door: from.door,
    requestId: from.requestId,
  });
}

type Row = typeof auditLog.$inferSelect;

const toEntry = (row: Row): AuditEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  actorName: row.actorName,
  action: row.action,
  target: { type: row.targetType, id: row.targetId, name: row.targetName },
  changes: row.changes,
  ip: row.ip,
  door: row.door,
  requestId: row.requestId,
});

function conditionsOf(query: AuditQuery): (SQL | undefined)[] {
  const text = containing(query.q);
  return [
    query.actor ? eq(auditLog.actorName, query.actor) : undefined,
    query.action ? eq(auditLog.action, query.action) : undefined,
    query.before ? lt(auditLog.id, query.before) : undefined,
    query.q
      ? or(
          ilike(auditLog.targetName, text),
          ilike(auditLog.actorName, text),
          ilike(auditLog.action, text),
          ilike(auditLog.ip, text),
          ilike(auditLog.requestId, text),
        )
      : undefined,
  ];
}

/** The Admin log, newest first, `size` entries a page. */
export async function listChanges(
  _viewer: Viewer,
  query: AuditQuery,
  size = 50,
): Promise<AuditPage> {
  const db = await database();
  const rows = await db
    .select()
    .from(auditLog)
    .where(and(...conditionsOf(query)))
    .orderBy(desc(auditLog.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  return {
    entries: page.map(toEntry),
    next: rows.length > size ? (page.at(-1)?.id ?? null) : null,
  };
}

/** The newest changes of one object. */
export async function listChangesOf(
  _viewer: Viewer,
  targetType: string,
  targetId: string,
  size = 50,
): Promise<AuditEntry[]> {
  const db = await database();
  const rows = await db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.targetType, targetType), eq(auditLog.targetId, targetId)))
    .orderBy(desc(auditLog.id))
    .limit(size);
  return rows.map(toEntry);
}

/** One entry; AppError `not_found` when there is none. */
export async function getChange(_viewer: Viewer, id: number): Promise<AuditEntry> {
  const db = await database();
  const [row] = await db.select().from(auditLog).where(eq(auditLog.id, id));
  if (!row) throw new AppError("not_found", "The Admin log has no such entry.");
  return toEntry(row);
}

/** The actors and actions that the log holds, for its filters. */
export async function auditFacets(_viewer: Viewer): Promise<AuditFacets> {
  const db = await database();
  const [actors, actions] = await Promise.all([
    db
      .selectDistinct({ name: auditLog.actorName })
      .from(auditLog)
      .orderBy(auditLog.actorName)
      .limit(200),
    db.selectDistinct({ name: auditLog.action }).from(auditLog).orderBy(auditLog.action).limit(200),
  ]);
  return { actors: actors.map(({ name }) => name), actions: actions.map(({ name }) => name) };
}
