import "server-only";
import { randomUUID } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { database, type Queryable } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { clientKeys } from "@/db/schema/client-keys";
import { loginMethodDrafts } from "@/db/schema/login-method-drafts";
import { loginMethods } from "@/db/schema/login-methods";
import { seenClaims } from "@/db/schema/seen-claims";
import { testLinks } from "@/db/schema/test-links";
import { testRuns } from "@/db/schema/test-runs";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import type { RunCapability } from "@/lib/kit/run-capability";
import { outboundPolicy } from "@/lib/team/store";
import {
  parseValues,
  refusePlainHttp,
  refuseSecretsAtNewAddress,
  sketch,
  trustsElsewhere,
} from "./check-settings";
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
import { type LoginMethod, type LoginMethodInput, MAX_LOGIN_METHODS } from "./schema";
import { nextSecrets, withoutSecrets } from "./sealed-secrets";

async function rowOf(db: Queryable, id: string, lock = false): Promise<Row> {
  if (!z.uuid().safeParse(id).success) throw gone();
  const query = db.select().from(loginMethods).where(eq(loginMethods.id, id));
  const [row] = await (lock ? query.for("update") : query);
  if (!row) throw gone();
  return row;
}

const record = (
  tx: Queryable,
  admin: Admin,
  action: string,
  [before, after]: [Row | null, Row | null],
) => {
  const row = after ?? before;
  const secrets = Object.keys({ ...before?.secrets, ...after?.secrets });
  return recordChange(tx, admin, {
    action: `login_method.${action}`,
    target: { type: "login_method", id: row?.id ?? null, name: row?.name ?? "" },
    changes: diffOf(before && audited(before), after && audited(after), secrets),
  });
};

export async function listLoginMethods(_viewer: Viewer): Promise<LoginMethod[]> {
  const db = await database();
  const rows = await db.select().from(loginMethods).orderBy(sql`lower(${loginMethods.name})`);
  return rows.map(toDto);
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
  if (diffOf(opened(found), opened(row)).length === 0) return found;
  throw savedOtherwise(found.name);
}

export async function addLoginMethod(
  admin: Admin,
  input: { id?: string; kind: string; values: LoginMethodInput | Record<string, unknown> },
): Promise<LoginMethod> {
  const connector = connectorOf(input.kind);
  const { name, config, scim } = parseValues(connector, [], input.values);
  await refusePlainHttp(await outboundPolicy(), connector, config);
  const id = input.id ?? randomUUID();
  const typed = input.values.config as Record<string, unknown>;
  const secrets = nextSecrets(admin, { id, connector, stored: {} }, typed, config);
  const db = await database();
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
    };
    const twin = await alreadyAdded(tx, row);
    if (twin) return toDto(twin);
    if ((await tx.$count(loginMethods)) >= MAX_LOGIN_METHODS) throw tooMany();
    await refuseTakenName(tx, id, name);
    await tx.insert(loginMethods).values(row);
    await record(tx, admin, "create", [null, row]);
    return toDto(row);
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

/** Saves settings over the version that the admin saw. Blank secrets stay as they are. */
export async function changeLoginMethod(
  admin: Admin,
  input: { id: string; version: number; values: LoginMethodInput | Record<string, unknown> },
): Promise<LoginMethod> {
  const db = await database();
  const policy = await outboundPolicy();
  const seen = await rowOf(db, input.id);
  const connector = connectorOf(seen.kind);
  const { name, config, scim } = parseValues(connector, Object.keys(seen.secrets), input.values);
  await refusePlainHttp(policy, connector, config);
  const typed = input.values.config as Record<string, unknown>;
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    const row = await rowOf(tx, input.id, true);
    await refuseOldVersion(tx, row, input.version);
    await refuseTakenName(tx, row.id, name);
    const secrets = nextSecrets(
      admin,
      { id: row.id, connector, stored: row.secrets },
      typed,
      config,
    );
    const before = connectionIfAny(connector, row);
    const after = sketch(connector, config, Object.keys(secrets));
    refuseSecretsAtNewAddress(connector, typed, before, after, Object.keys(row.secrets));
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
    return toDto(next);
  });
}

export async function setLoginMethodEnabled(
  admin: Admin,
  { id, enabled }: { id: string; enabled: boolean },
): Promise<LoginMethod> {
  const db = await database();
  return db.transaction(async (tx) => {
    const row = await rowOf(tx, id, true);
    if (row.enabled === enabled) return toDto(row);
    const next = { ...row, enabled };
    await tx.update(loginMethods).set({ enabled }).where(eq(loginMethods.id, id));
    await record(tx, admin, enabled ? "enable" : "disable", [row, next]);
    return toDto(next);
  });
}

/** Deletes a login method with its secrets and its test runs. */
export async function removeLoginMethod(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const row = await rowOf(tx, id, true);
    await tx.delete(loginMethods).where(eq(loginMethods.id, id));
    for (const table of [testLinks, testRuns, loginMethodDrafts, seenClaims, clientKeys]) {
      await tx.delete(table).where(eq(table.loginMethodId, id));
    }
    await record(tx, admin, "remove", [row, null]);
  });
}

/** A login method with its secrets opened, for a round trip. A run opens its own and no other. */
export async function openLoginMethod(
  actor: Admin | RunCapability,
  id: string,
): Promise<OpenLoginMethod> {
  if ("runId" in actor && actor.loginMethodId !== id) throw gone();
  return openRow(await rowOf(await database(), id));
}
