import "server-only";
import { and, desc, eq, gte, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { database, type Queryable } from "@/db/client";
import { containing } from "@/db/like";
import { scimLog } from "@/db/schema/scim";
import type { Origin, ScimClient, Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { LOG_RANGES } from "@/lib/kit/log-range";
import { mapTexts, storableText } from "@/lib/oidc/storable";
import { isDue, noteRefused, noteTrouble } from "../health/store";
import { effectSchema } from "../schema";
import { mayKeepLong } from "./long-bodies";
import { redactBody, redactCited, redactQuery } from "./redact";
import type { NewScimLogEntry, ScimLogEntry, ScimLogPage, ScimLogQuery } from "./schema";
import { subjectOf } from "./subject";

const MAX_TEXT = 2_000;

const cut = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : storableText(text).slice(0, MAX_TEXT);

type Client = Pick<ScimClient, "loginMethodId" | "loginMethodName" | "from" | "userAgent">;
const isId = (text: string | null | undefined): text is string => z.uuid().safeParse(text).success;

const valuesOf = (client: Client, entry: NewScimLogEntry): typeof scimLog.$inferInsert => ({
  loginMethodId: client.loginMethodId,
  loginMethodName: client.loginMethodName,
  requestId: client.from.requestId,
  ip: client.from.ip,
  userAgent: cut(client.userAgent),
  bulkIndex: entry.bulkIndex ?? null,
  method: entry.method,
  path: cut(entry.path) ?? "",
  query: cut(redactQuery(entry.query)),
  status: entry.status,
  scimType: entry.scimType ?? null,
  error: cut(entry.error && redactCited(entry.error)),
  resourceType: entry.resourceType ?? null,
  resourceId: isId(entry.resourceId) ? entry.resourceId : null,
  externalId: cut(entry.externalId),
  userEmail: cut(entry.userEmail),
  groupName: cut(entry.groupName),
  intent: cut(entry.intent),
  effects: mapTexts([...(entry.effects ?? [])], storableText),
  request: redactBody(entry.request, () => mayKeepLong(client.loginMethodId)),
  response: redactBody(entry.response, () => mayKeepLong(client.loginMethodId)),
  client: cut(entry.client),
  durationMs: entry.durationMs ?? null,
});

/**
 * Writes what a SCIM client asked for in the transaction of the change itself: both or neither.
 * Secrets are taken out of the bodies, which are cut at 64 KB, or at 2 KB when there were too many.
 */
export async function writeScimLog(
  tx: Queryable,
  client: ScimClient,
  entry: NewScimLogEntry,
): Promise<void> {
  if (client.isCheck) return;
  await tx.insert(scimLog).values(valuesOf(client, entry));
}

async function insertAlone(client: Client, entry: NewScimLogEntry): Promise<void> {
  try {
    const db = await database();
    await db.insert(scimLog).values(valuesOf(client, entry));
  } catch (err) {
    const { requestId } = client.from;
    log.error({ err, requestId, status: entry.status }, "a failed SCIM request was not logged");
  }
}

/**
 * Writes a request that changed nothing because it failed, once its transaction is over, and makes it
 * the last error of the login method. Never throws: the client gets its answer all the same.
 */
export async function noteScimFailure(client: ScimClient, entry: NewScimLogEntry): Promise<void> {
  if (client.isCheck) return;
  await insertAlone(client, { ...subjectOf(entry), ...entry });
  await noteTrouble(client.loginMethodId, redactCited(entry.error ?? `Answered ${entry.status}.`));
}

/** Anybody may cause these: they must not push out what the provider did. */
const REFUSAL_MS = 600_000;

/**
 * A request got no further than its secret: it is written down with the reason that its client is not
 * told, once in ten minutes for each. The last error of the login method is that of requests with a
 * valid secret (429). Never throws.
 */
export async function noteRefusal(
  method: { id: string; name: string },
  status: 401 | 429,
  error: string,
  by: { from: Origin; userAgent: string | null },
): Promise<void> {
  if (isDue(`refusal ${method.id} ${error}`, REFUSAL_MS)) {
    const client = { loginMethodId: method.id, loginMethodName: method.name, ...by };
    const intent = "Requests were refused before they were read";
    await insertAlone(client, { method: "", path: "", status, error, intent });
  }
  await (status === 401 ? noteRefused : noteTrouble)(method.id, error);
}

type Row = typeof scimLog.$inferSelect;

const toEntry = ({ loginMethodId, loginMethodName, ...row }: Row): ScimLogEntry => ({
  ...row,
  at: row.at.toISOString(),
  loginMethod: { id: loginMethodId, name: loginMethodName },
  effects: effectSchema.array().catch([]).parse(row.effects),
});

function conditionsOf(query: ScimLogQuery): SQL | undefined {
  const text = containing(query.q);
  const columns = [
    ...[scimLog.userEmail, scimLog.groupName, scimLog.externalId, scimLog.intent],
    ...[scimLog.error, scimLog.ip, scimLog.path, scimLog.requestId],
  ];
  return and(
    query.q ? or(...columns.map((column) => ilike(column, text))) : undefined,
    isId(query.idp) ? eq(scimLog.loginMethodId, query.idp) : undefined,
    query.method ? eq(scimLog.method, query.method) : undefined,
    query.type ? eq(scimLog.resourceType, query.type) : undefined,
    query.status === "SUCCESS" ? lt(scimLog.status, 400) : undefined,
    query.status === "FAILURE" ? gte(scimLog.status, 400) : undefined,
    isId(query.resource) ? eq(scimLog.resourceId, query.resource) : undefined,
    query.range
      ? gte(scimLog.at, sql`now() - make_interval(mins => ${LOG_RANGES[query.range]})`)
      : undefined,
    query.before ? lt(scimLog.id, query.before) : undefined,
  );
}

/** The SCIM provisioning log, newest first, `size` entries a page. */
export async function listScimLog(
  _viewer: Viewer,
  query: ScimLogQuery,
  size = 50,
): Promise<ScimLogPage> {
  const db = await database();
  const rows = await db
    .select()
    .from(scimLog)
    .where(conditionsOf(query))
    .orderBy(desc(scimLog.id))
    .limit(size + 1);
  const page = rows.slice(0, size);
  return {
    entries: page.map(toEntry),
    next: rows.length > size ? (page.at(-1)?.id ?? null) : null,
  };
}

/** One entry; AppError `not_found` when there is none. */
export async function getScimLog(_viewer: Viewer, id: number): Promise<ScimLogEntry> {
  const db = await database();
  const [row] = Number.isSafeInteger(id)
    ? await db.select().from(scimLog).where(eq(scimLog.id, id))
    : [];
  if (!row) throw new AppError("not_found", "The SCIM provisioning log has no such entry.");
  return toEntry(row);
}
