import "server-only";
import { randomUUID } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { clientKeys } from "@/db/schema/client-keys";
import { loginMethodDrafts } from "@/db/schema/login-method-drafts";
import { loginMethods } from "@/db/schema/login-methods";
import { seenClaims } from "@/db/schema/seen-claims";
import { testLinks } from "@/db/schema/test-links";
import { testRuns } from "@/db/schema/test-runs";
import { users } from "@/db/schema/users";
import { diffOf } from "@/lib/audit/diff";
import { storedKeys, storedKeysOf } from "@/lib/client-keys/store";
import type { Connector } from "@/lib/connectors/definition";
import type { Admin, Viewer } from "@/lib/kit/actor";
import type { LoginCapability } from "@/lib/kit/data-plane";
import { env } from "@/lib/kit/env";
import type { RunCapability } from "@/lib/kit/run-capability";
import { scimEndpoint } from "@/lib/scim/endpoint";
import { firstScimSecret } from "@/lib/scim/secrets/store";
import { outboundPolicy } from "@/lib/team/store";
import { refuseBadCertificates } from "./check-certificates";
import {
  parseValues,
  refusePlainHttp,
  refuseSecretsAtNewAddress,
  sketch,
  trustsElsewhere,
} from "./check-settings";
import { type Kept, keptByDraft } from "./drafts/store";
import { changedBy, gone, savedOtherwise, takenName, tooMany } from "./refusals";
import {
  audited,
  connectionIfAny,
  connectorOf,
  type OpenLoginMethod,
  opened,
  openRow,
  type Row,
  toDto,
} from "./row";
import { record, rowOf } from "./rows/store";
import {
  type LoginMethod,
  type LoginMethodInput,
  MAX_LOGIN_METHODS,
  type SavedLoginMethod,
} from "./schema";
import { nextSecrets, openSecrets, withoutSecrets } from "./sealed-secrets";

export async function listLoginMethods(_viewer: Viewer): Promise<LoginMethod[]> {
  const db = await database();
  const rows = await db.select().from(loginMethods).orderBy(sql`lower(${loginMethods.name})`);
  const ids = rows.map(({ id }) => id);
  const keys = await storedKeysOf(db, ids);
  return rows.map((row) => toDto({ ...row, keys: keys.get(row.id) ?? [] }));
}

export async function getLoginMethod(_viewer: Viewer, id: string): Promise<LoginMethod> {
  return toDto(await rowOf(await database(), id));
}

/** Neither the limit nor a name can then be passed by two saves at once. */
const oneAtATime = (tx: Queryable) =>
  tx.execute(sql`lock table ${loginMethods} in share row exclusive mode`);

async function refuseTakenName(tx: Queryable, id: string, name: string): Promise<void> {
  const [other] = await tx
    .select({ id: loginMethods.id, name: loginMethods.name })
    .from(loginMethods)
    .where(sql`lower(${loginMethods.name}) = lower(${name}) and ${loginMethods.id} <> ${id}`);
  if (other) throw takenName(other.name);
}

/** The row that the same form already made, or null. A form sent twice makes one login method. */
async function alreadyAdded(tx: Queryable, row: Row): Promise<Row | null> {
  const [found] = await tx.select().from(loginMethods).where(eq(loginMethods.id, row.id));
  if (!found) return null;
  const twin = { ...found, keys: row.keys };
  if (diffOf(opened(twin), opened(row)).length === 0) return twin;
  throw savedOtherwise(found.name);
}

async function withScimSecret(tx: Queryable, admin: Admin, row: Row): Promise<SavedLoginMethod> {
  const secret = await firstScimSecret(tx, admin, row);
  const endpoint = scimEndpoint(env().url, row.id);
  return { ...toDto(row), ...(secret && { scimSecret: { endpoint, secret } }) };
}

type Values = LoginMethodInput | Record<string, unknown>;

/** What stands behind blank secret fields: the draft that the form was opened from, or the row. */
async function keptFor(
  admin: Admin,
  db: Queryable,
  draftId: string | undefined,
  target: { id: string; connector: Connector; saved: Row | null },
): Promise<Kept> {
  if (draftId) return keptByDraft(admin, db, draftId, target);
  const { connector, saved } = target;
  return {
    secrets: saved?.secrets ?? {},
    connection: saved && connectionIfAny(connector, saved),
  };
}

/** `draftId` is the draft that the form was opened from, whose secrets need not be typed again. */
export async function addLoginMethod(
  admin: Admin,
  input: { id?: string; kind: string; draftId?: string | undefined; values: Values },
): Promise<SavedLoginMethod> {
  const connector = connectorOf(input.kind);
  const id = input.id ?? randomUUID();
  const db = await database();
  const kept = await keptFor(admin, db, input.draftId, { id, connector, saved: null });
  const stored = Object.keys(kept.secrets);
  const { name, config, scim } = parseValues(connector, stored, input.values);
  await refusePlainHttp(await outboundPolicy(), connector, config);
  const typed = input.values.config as Record<string, unknown>;
  const secrets = nextSecrets(admin, { id, connector, stored: kept.secrets }, typed, config);
  refuseBadCertificates(config, null, () => openSecrets(id, secrets).tls_client_key);
  const after = sketch(connector, config, Object.keys(secrets));
  refuseSecretsAtNewAddress(connector, typed, kept.connection, after, stored);
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    const now = new Date();
    const row: Row = {
      id,
      kind: connector.kind,
      name,
      enabled: true,
      config: withoutSecrets(connector, config),
      secrets,
      scim: { ...scim },
      pinnedIssuer: null,
      ignoredDrift: {},
      version: 1,
      createdBy: admin.id,
      createdAt: now,
      updatedAt: now,
      keys: await storedKeys(tx, id),
    };
    const twin = await alreadyAdded(tx, row);
    if (twin) return toDto(twin);
    if ((await tx.$count(loginMethods)) >= MAX_LOGIN_METHODS) throw tooMany();
    await refuseTakenName(tx, id, name);
    await tx.insert(loginMethods).values(row);
    await record(tx, admin, "create", [null, row]);
    return withScimSecret(tx, admin, row);
  });
}

async function refuseOldVersion(tx: Queryable, row: Row, version: number): Promise<void> {
  if (row.version === version) return;
  const [last] = await tx
    .select({ name: auditLog.actorName })
    .from(auditLog)
    .where(and(eq(auditLog.targetType, "login_method"), eq(auditLog.targetId, row.id)))
    .orderBy(desc(auditLog.id))
    .limit(1);
  throw changedBy(last?.name ?? "Someone");
}

/**
 * Saves settings over the version that the admin saw. Blank secrets stay as they are, or as they are
 * in the draft that the form was opened from.
 */
export async function changeLoginMethod(
  admin: Admin,
  input: { id: string; version: number; draftId?: string | undefined; values: Values },
): Promise<SavedLoginMethod> {
  const db = await database();
  const policy = await outboundPolicy();
  const seen = await rowOf(db, input.id);
  const connector = connectorOf(seen.kind);
  const keptOf = (at: Queryable, saved: Row) =>
    keptFor(admin, at, input.draftId, { id: saved.id, connector, saved });
  await refuseOldVersion(db, seen, input.version);
  const stored = Object.keys((await keptOf(db, seen)).secrets);
  const { name, config, scim } = parseValues(connector, stored, input.values);
  await refusePlainHttp(policy, connector, config);
  const typed = input.values.config as Record<string, unknown>;
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    const row = await rowOf(tx, input.id, true);
    await refuseOldVersion(tx, row, input.version);
    await refuseTakenName(tx, row.id, name);
    const kept = await keptOf(tx, row);
    const own = { id: row.id, connector, stored: kept.secrets };
    const secrets = nextSecrets(admin, own, typed, config);
    refuseBadCertificates(config, row.config, () => openSecrets(row.id, secrets).tls_client_key);
    const before = connectionIfAny(connector, row);
    const after = sketch(connector, config, Object.keys(secrets));
    refuseSecretsAtNewAddress(connector, typed, kept.connection, after, Object.keys(own.stored));
    const next: Row = {
      ...row,
      name,
      config: withoutSecrets(connector, config),
      secrets,
      scim: { ...scim },
    };
    if (diffOf(audited(row), audited(next)).length === 0) return toDto(row);
    next.version = row.version + 1;
    next.updatedAt = new Date();
    if (!before || trustsElsewhere(before, after)) next.pinnedIssuer = null;
    await tx.update(loginMethods).set(next).where(eq(loginMethods.id, row.id));
    await record(tx, admin, "change", [row, next]);
    return withScimSecret(tx, admin, next);
  });
}

/** Deletes a login method with its secrets and its test runs. */
export async function removeLoginMethod(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const row = await rowOf(tx, id, true);
    await tx.delete(loginMethods).where(eq(loginMethods.id, id));
    // Who was only pushed has no other way in; nobody pushes the others any more.
    const pushed = and(eq(users.loginMethodId, id), eq(users.source, "scim"));
    await tx.delete(users).where(and(pushed, eq(users.issuer, "")));
    await tx.update(users).set({ source: "login" }).where(pushed);
    for (const table of [testLinks, testRuns, loginMethodDrafts, seenClaims, clientKeys]) {
      await tx.delete(table).where(eq(table.loginMethodId, id));
    }
    await record(tx, admin, "remove", [row, null]);
  });
}

/** A login method with its secrets opened, for a round trip. A run or login opens its own and no other. */
export async function openLoginMethod(
  actor: Admin | RunCapability | LoginCapability,
  id: string,
): Promise<OpenLoginMethod> {
  if ("loginMethodId" in actor && actor.loginMethodId !== id) throw gone();
  return openRow(await rowOf(await database(), id));
}
