import "server-only";
import { desc, eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { accessLog } from "@/db/schema/access-log";
import { speakableReference } from "@/lib/http/request-id";
import type { Viewer } from "@/lib/kit/actor";
import type { DataPlane } from "@/lib/kit/data-plane";
import { AppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { processState } from "@/lib/kit/process-state";
import { mapTexts, storableText } from "@/lib/oidc/storable";
import { explanationSchema } from "@/lib/policies/explanation";
import { identitySchema } from "@/lib/users/schema";
import { coalesce, type Like, newCoalesced, sizeOf, takeCounts } from "./coalesce";
import type { AccessEntry, AccessPage, AccessQuery, NewAccessEntry } from "./schema";
import { conditionsOf, referenceIn } from "./searching/store";

const MAX_TEXT = 500;
const FLUSH_MS = 2_000;

const bounded = (text: string | null): string | null =>
  text === null ? null : storableText(text).slice(0, MAX_TEXT);

const storable = (value: object | null): Record<string, unknown> | null =>
  value && { ...mapTexts(value, storableText) };

const valuesOf = (entry: NewAccessEntry): typeof accessLog.$inferInsert => ({
  event: entry.event,
  allowed: entry.allowed,
  reason: entry.reason,
  ref: entry.ref,
  applicationId: entry.application?.id ?? null,
  applicationName: bounded(entry.application?.name ?? null),
  host: bounded(entry.host),
  userId: entry.user?.id ?? null,
  userEmail: bounded(entry.user?.email ?? null),
  loginMethodId: entry.loginMethod?.id ?? null,
  loginMethodName: bounded(entry.loginMethod?.name ?? null),
  loginMethodKind: entry.loginMethod?.kind ?? null,
  serviceTokenId: entry.serviceToken?.id ?? null,
  serviceTokenName: bounded(entry.serviceToken?.name ?? null),
  ip: bounded(entry.ip),
  country: bounded(entry.country),
  userAgent: bounded(entry.userAgent),
  policyId: entry.explanation?.decidedBy?.policyId ?? null,
  policyName: bounded(entry.explanation?.decidedBy?.policyName ?? null),
  rule: bounded(entry.explanation?.decidedBy?.rule ?? null),
  explanation: storable(entry.explanation),
  identity: storable(entry.identity),
  loginId: entry.loginId,
});

/** The id of the new entry; null when it could not be written, which only the process log tells. */
async function write(ref: string, entryOf: () => NewAccessEntry): Promise<number | null> {
  try {
    const values = valuesOf(entryOf());
    const db = await database();
    const [row] = await db.insert(accessLog).values(values).returning({ id: accessLog.id });
    return row?.id ?? null;
  } catch (err) {
    log.error({ err, ref }, "an entry of the Access log was not written");
    return null;
  }
}

const refusals = () =>
  processState("access-log", () => ({
    ...newCoalesced(),
    flushing: null as NodeJS.Timeout | null,
  }));

async function flush(): Promise<void> {
  const state = refusals();
  const counted = takeCounts(state, Date.now());
  const { dropped } = state;
  state.dropped = 0;
  if (dropped > 0) log.warn({ dropped }, "refusals were not logged: too many in one minute");
  try {
    const db = await database();
    for (const { id, more } of counted) {
      const entry = await id;
      if (entry === null) continue;
      await db
        .update(accessLog)
        .set({ count: sql`${accessLog.count} + ${more}` })
        .where(eq(accessLog.id, entry));
    }
  } catch (err) {
    log.error({ err }, "refusals were not counted");
  }
  if (sizeOf(state) > 0) later();
}

function later(): void {
  const state = refusals();
  state.flushing ??= setTimeout(() => {
    state.flushing = null;
    void flush();
  }, FLUSH_MS).unref();
}

/**
 * Notes what happens often: like entries of one minute are one, made and written for the first of them,
 * and the others raise its count a little later. Answers the reference that leads to it. Neither waits
 * nor throws.
 */
export function noteAccess(
  _dataPlane: DataPlane,
  like: Like,
  entryOf: (ref: string) => NewAccessEntry,
): string {
  const at = { ...like, now: Date.now() };
  const { ref } = coalesce(refusals(), at, speakableReference, (own) =>
    write(own, () => entryOf(own)),
  );
  later();
  return ref;
}

/**
 * Writes an entry of the Access log and answers the reference that leads to it; with `like`, it is one
 * with others as `noteAccess` has it. Never throws: what was decided holds whether or not it could be
 * written down.
 */
export async function recordAccess(
  _dataPlane: DataPlane,
  entry: NewAccessEntry,
  like?: Like,
): Promise<string> {
  if (!like) {
    await write(entry.ref, () => entry);
    return entry.ref;
  }
  const at = { ...like, now: Date.now() };
  const { ref, written } = coalesce(
    refusals(),
    at,
    () => entry.ref,
    (own) => write(own, () => entry),
  );
  later();
  await written;
  return ref;
}

type Row = typeof accessLog.$inferSelect;
const explanationOf = explanationSchema.nullable().catch(null);
const identityOf = identitySchema.nullable().catch(null);

const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? id } : null);

const toEntry = (row: Row): AccessEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  event: row.event as AccessEntry["event"],
  allowed: row.allowed,
  reason: row.reason as AccessEntry["reason"],
  ref: row.ref,
  application: named(row.applicationId, row.applicationName),
  host: row.host,
  user: row.userEmail === null ? null : { id: row.userId, email: row.userEmail },
  loginMethod: row.loginMethodId
    ? {
        id: row.loginMethodId,
        name: row.loginMethodName ?? row.loginMethodId,
        kind: row.loginMethodKind ?? "",
      }
    : null,
  serviceToken: named(row.serviceTokenId, row.serviceTokenName),
  ip: row.ip,
  country: row.country,
  userAgent: row.userAgent,
  policy: named(row.policyId, row.policyName),
  rule: row.rule,
  explanation: explanationOf.parse(row.explanation),
  identity: identityOf.parse(row.identity),
  loginId: row.loginId,
  count: row.count,
});

/** The Access log, newest first, `size` entries a page. */
export async function listAccess(
  _viewer: Viewer,
  query: AccessQuery,
  size = 50,
): Promise<AccessPage> {
  const db = await database();
  const rows = await db
    .select()
    .from(accessLog)
    .where(conditionsOf(query))
    .orderBy(desc(accessLog.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  return {
    entries: page.map(toEntry),
    next: rows.length > size ? (page.at(-1)?.id ?? null) : null,
  };
}

/** One entry; AppError `not_found` when there is none. */
export async function getAccess(_viewer: Viewer, id: number): Promise<AccessEntry> {
  const db = await database();
  const [row] = await db.select().from(accessLog).where(eq(accessLog.id, id));
  if (!row) throw new AppError("not_found", "The Access log has no such entry.");
  return toEntry(row);
}

/** The newest entry with the reference that a person read out; null when there is none. */
export async function findByRef(_viewer: Viewer, ref: string): Promise<AccessEntry | null> {
  const reference = referenceIn(ref.trim());
  if (!reference) return null;
  const db = await database();
  const [row] = await db
    .select()
    .from(accessLog)
    .where(eq(accessLog.ref, reference))
    .orderBy(desc(accessLog.id))
    .limit(1);
  return row ? toEntry(row) : null;
}
