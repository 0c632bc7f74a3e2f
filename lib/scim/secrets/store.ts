import "server-only";
import { and, desc, eq, gt, isNull, not, or, sql } from "drizzle-orm";
import * as z from "zod";
import { database, type Queryable } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { scimSecrets } from "@/db/schema/scim";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Origin, ScimClient, Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { hashToken, randomToken, sameText } from "@/lib/kit/secrets";
import { gone } from "@/lib/login-methods/refusals";
import { scimSchema } from "@/lib/login-methods/schema";
import { noteHeard } from "../health/store";
import { noteRefusal } from "../log/store";
import { ScimError } from "../scim-error";
import { isCheckCredential, makeCheckCredential } from "./check-credential";
import { countFailure, countRequest, refuseGuesses, remember } from "./limits";
import { presentedSecret } from "./presented-secret";
import type { regenerateScimSchema, ScimSecret } from "./schema";

/** The same whatever is wrong: a stranger learns nothing about login methods. */
const unauthorized = () =>
  new ScimError(
    401,
    "The SCIM Secret is missing or not valid for this SCIM Endpoint. Copy both again from the login method's SCIM settings in Gatehouse.",
  );

type Method = Pick<typeof loginMethods.$inferSelect, "id" | "name" | "kind" | "enabled" | "scim">;
const methodColumns = {
  id: loginMethods.id,
  name: loginMethods.name,
  kind: loginMethods.kind,
  enabled: loginMethods.enabled,
  scim: loginMethods.scim,
};
const settingsOf = (method: { scim: unknown }) =>
  scimSchema.catch(scimSchema.parse({})).parse(method.scim);

/** The one place that makes this capability. */
function clientOf(
  method: Method,
  by: { secretId: string; from: Origin; userAgent: string | null; isCheck: boolean },
): ScimClient {
  const { enabled: _, ...settings } = settingsOf(method);
  return {
    loginMethodId: method.id,
    loginMethodName: method.name,
    loginMethodKind: method.kind,
    ...{ settings, ...by },
  } as unknown as ScimClient;
}

const works = or(isNull(scimSecrets.expiresAt), gt(scimSecrets.expiresAt, sql`now()`));

async function candidates(loginMethodId: string) {
  if (!z.uuid().safeParse(loginMethodId).success) return [];
  const db = await database();
  return db
    .select({ method: methodColumns, id: scimSecrets.id, hash: scimSecrets.hash })
    .from(loginMethods)
    .leftJoin(scimSecrets, and(eq(scimSecrets.loginMethodId, loginMethods.id), works))
    .where(eq(loginMethods.id, loginMethodId));
}

async function workingHashes(): Promise<string[]> {
  const db = await database();
  const rows = await db.select({ hash: scimSecrets.hash }).from(scimSecrets).where(works);
  return rows.map(({ hash }) => hash);
}

/** Why a request is refused, for the admin alone; null when it is not. */
function refusalOf(method: Method, matches: boolean, presented: string | null): string | null {
  if (presented === null) return "The request had no SCIM Secret in its Authorization header.";
  if (!matches) return "The SCIM Secret of the request is not, or no longer, the right one.";
  if (!method.enabled)
    return "The login method is disabled, so its SCIM Endpoint refuses everything.";
  if (!settingsOf(method).enabled) return "SCIM is turned off for this login method.";
  return null;
}

/**
 * Who a SCIM request comes from. Reads the database each time, so that a secret, a login method or
 * SCIM that was switched off counts at once.
 * @throws ScimError 401, the same whatever is wrong, and 429
 */
export async function authenticateScim(
  loginMethodId: string,
  authorizationHeader: string | null,
  from: Origin,
  userAgent: string | null,
): Promise<ScimClient> {
  const presented = presentedSecret(authorizationHeader);
  const hash = hashToken(presented ?? "");
  await refuseGuesses(from.ip, hash, workingHashes);
  const rows = await candidates(loginMethodId);
  let secretId: string | null = null;
  for (const row of rows) if (row.hash !== null && sameText(row.hash, hash)) secretId = row.id;
  const isCheck = secretId === null && isCheckCredential(presented, loginMethodId);
  if (isCheck) secretId = `check ${loginMethodId}`;
  const [row] = rows;
  const reason = row && refusalOf(row.method, secretId !== null, presented);
  if (!row || reason !== null || secretId === null) {
    countFailure(from.ip, hash);
    // Without a secret there is no endpoint yet, and nothing that an admin waits for.
    if (row?.hash && reason) await noteRefusal(row.method, 401, reason, { from, userAgent });
    throw unauthorized();
  }
  remember(hash);
  try {
    countRequest(secretId);
  } catch (error) {
    const why = "The provider sent more requests than Gatehouse answers, and was told to wait.";
    await noteRefusal(row.method, 429, why, { from, userAgent });
    throw error;
  }
  if (!isCheck) {
    await noteHeard({ secretId, loginMethodId: row.method.id, ip: from.ip, userAgent });
  }
  return clientOf(row.method, { secretId, from, userAgent, isCheck });
}

const toDto = (row: typeof scimSecrets.$inferSelect): ScimSecret => ({
  id: row.id,
  createdAt: row.createdAt.toISOString(),
  createdByName: row.createdByName,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  lastUsedIp: row.lastUsedIp,
});

/**
 * Stands for the provider of a login method in a dry run of what it once sent. Only executeScim's
 * dry run, which changes nothing, may be given it.
 */
export async function replayingClient(
  admin: Admin,
  loginMethodId: string,
  userAgent: string | null,
): Promise<ScimClient> {
  const db = await database();
  const [method] = await db
    .select(methodColumns)
    .from(loginMethods)
    .where(eq(loginMethods.id, loginMethodId));
  if (!method) throw gone();
  return clientOf(method, {
    ...{ secretId: "replay", from: admin.from, userAgent },
    isCheck: false,
  });
}

/** A credential for a check of a login method's own SCIM Endpoint, which the Admin log tells of. */
export async function startScimCheck(admin: Admin, loginMethodId: string): Promise<string> {
  const db = await database();
  return db.transaction(async (tx) => {
    const [method] = await tx
      .select(methodColumns)
      .from(loginMethods)
      .where(eq(loginMethods.id, loginMethodId));
    if (!method) throw gone();
    if (!method.enabled || !settingsOf(method).enabled) {
      throw new AppError("conflict", `The SCIM Endpoint of ${method.name} refuses everything.`, {
        fix: "Enable the login method, turn on Enable SCIM, save, and check again.",
      });
    }
    await recordChange(tx, admin, {
      action: "login_method.check_scim",
      target: { type: "login_method", id: loginMethodId, name: method.name },
    });
    return makeCheckCredential(loginMethodId);
  });
}

/** The secrets of a login method that still work, the current one first. */
export async function listScimSecrets(
  _viewer: Viewer,
  loginMethodId: string,
): Promise<ScimSecret[]> {
  const db = await database();
  const rows = await db
    .select()
    .from(scimSecrets)
    .where(and(eq(scimSecrets.loginMethodId, loginMethodId), works))
    .orderBy(desc(isNull(scimSecrets.expiresAt)), desc(scimSecrets.createdAt));
  return rows.map(toDto);
}

async function insertSecret(tx: Queryable, admin: Admin, loginMethodId: string): Promise<string> {
  const secret = randomToken();
  await tx
    .insert(scimSecrets)
    .values({ loginMethodId, hash: hashToken(secret), createdByName: admin.name });
  return secret;
}

/**
 * Makes the SCIM Secret when SCIM is first enabled, in the transaction that saves the login method.
 * The answer is the only copy; undefined when there is a secret already, or SCIM is off.
 */
export async function firstScimSecret(
  tx: Queryable,
  admin: Admin,
  method: { id: string; scim: unknown },
): Promise<string | undefined> {
  if (!settingsOf(method).enabled) return undefined;
  const present = and(eq(scimSecrets.loginMethodId, method.id), isNull(scimSecrets.expiresAt));
  if ((await tx.$count(scimSecrets, present)) > 0) return undefined;
  return insertSecret(tx, admin, method.id);
}

const OVERLAPS = { 0: "none", 1: "1 hour", 24: "24 hours" } as const;

/**
 * A new SCIM Secret, of which the answer is the only copy. The one before works for so many hours
 * more, and any from before that ends now.
 */
export async function regenerateScimSecret(
  admin: Admin,
  { loginMethodId, overlapHours }: z.output<typeof regenerateScimSchema>,
): Promise<{ secret: string }> {
  const db = await database();
  return db.transaction(async (tx) => {
    const [method] = await tx
      .select(methodColumns)
      .from(loginMethods)
      .where(eq(loginMethods.id, loginMethodId))
      .for("update");
    if (!method) throw gone();
    if (!settingsOf(method).enabled) {
      throw new AppError("conflict", `SCIM is turned off for ${method.name}.`, {
        fix: "Turn on Enable SCIM and save first.",
      });
    }
    const ofMethod = eq(scimSecrets.loginMethodId, loginMethodId);
    const current = isNull(scimSecrets.expiresAt);
    await tx.delete(scimSecrets).where(overlapHours > 0 ? and(ofMethod, not(current)) : ofMethod);
    const end = sql`now() + make_interval(hours => ${overlapHours})`;
    await tx.update(scimSecrets).set({ expiresAt: end }).where(and(ofMethod, current));
    const secret = await insertSecret(tx, admin, loginMethodId);
    await recordChange(tx, admin, {
      action: "login_method.regenerate_scim_secret",
      target: { type: "login_method", id: loginMethodId, name: method.name },
      changes: [
        { path: "scim_secret", before: "set", after: "changed" },
        { path: "scim_secret_overlap", before: null, after: OVERLAPS[overlapHours] },
      ],
    });
    return { secret };
  });
}
