import "server-only";
import { asc, eq, sql } from "drizzle-orm";
import type * as z from "zod";
import { database, type Queryable } from "@/db/client";
import { policies, ruleGroups } from "@/db/schema/policies";
import { serviceTokens } from "@/db/schema/service-tokens";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import type { DataPlane } from "@/lib/kit/data-plane";
import { parseDuration } from "@/lib/kit/duration";
import { AppError } from "@/lib/kit/errors";
import type { ServiceToken, ServiceTokenSecret, serviceTokenInputSchema } from "./schema";
import { newClientId, newSecret } from "./secret";

/** Cloudflare allows 50. */
const MOST_TOKENS = 1000;

type Row = typeof serviceTokens.$inferSelect;
type Input = z.output<typeof serviceTokenInputSchema>;

const gone = () =>
  new AppError("not_found", "That service token no longer exists.", {
    fix: "Go back to Service Auth to see those that do.",
  });

/** Rules that name a service token stand as `{"service_token":{"token_id":…}}` in one of three lists. */
const naming = (table: typeof policies | typeof ruleGroups, id: string) =>
  sql`(${table.include} || ${table.require} || ${table.exclude}) @> ${JSON.stringify([
    { service_token: { token_id: id } },
  ])}::jsonb`;

async function usersOf(tx: Queryable, id: string): Promise<ServiceToken["usedBy"]> {
  const found: ServiceToken["usedBy"] = [];
  for (const [type, table] of [
    ["policy", policies],
    ["rule_group", ruleGroups],
  ] as const) {
    const rows = await tx
      .select({ id: table.id, name: table.name })
      .from(table)
      .where(naming(table, id))
      .orderBy(asc(table.name));
    found.push(...rows.map((row) => ({ type, ...row })));
  }
  return found;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const later = (at: Date | null): Date | null => (at && at.getTime() > Date.now() ? at : null);

const toDto = (row: Row, usedBy: ServiceToken["usedBy"]): ServiceToken => ({
  id: row.id,
  name: row.name,
  clientId: row.clientId,
  enabled: row.enabled,
  duration: row.duration,
  expiresAt: iso(row.expiresAt),
  secretVersion: row.secretVersion,
  previousExpiresAt: iso(later(row.previousExpiresAt)),
  previousLastUsedAt: iso(row.previousLastUsedAt),
  createdByName: row.createdByName,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  lastUsedAt: iso(row.lastUsedAt),
  lastUsedIp: row.lastUsedIp,
  usedBy,
});

export async function listServiceTokens(_viewer: Viewer): Promise<ServiceToken[]> {
  const db = await database();
  const rows = await db.select().from(serviceTokens).orderBy(sql`lower(${serviceTokens.name})`);
  return Promise.all(rows.map(async (row) => toDto(row, await usersOf(db, row.id))));
}

const endOf = (duration: string) =>
  duration === "forever"
    ? null
    : sql`now() + make_interval(secs => ${(parseDuration(duration) ?? 0) / 1000})`;

const target = (id: string, name: string) => ({ type: "service_token", id, name });
const audited = ({ name, duration, enabled, secretVersion }: Row) => ({
  ...{ name, duration, enabled },
  client_secret_version: secretVersion,
});

const oneAtATime = (tx: Queryable) =>
  tx.execute(sql`lock table ${serviceTokens} in share row exclusive mode`);

/** Makes a service token. Its secret is in the answer and nowhere else. */
export async function createServiceToken(
  admin: Admin,
  { name, duration }: Input,
): Promise<ServiceTokenSecret> {
  const db = await database();
  const { hash, ...secret } = newSecret(newClientId());
  await db.transaction(async (tx) => {
    await oneAtATime(tx);
    if ((await tx.$count(serviceTokens)) >= MOST_TOKENS) {
      throw new AppError("conflict", `There are ${MOST_TOKENS} service tokens already.`, {
        fix: "Delete one that is not used any more, then try again.",
      });
    }
    const taken = sql`lower(${serviceTokens.name}) = lower(${name})`;
    if ((await tx.$count(serviceTokens, taken)) > 0) {
      const message = `Another service token is called ${name}. Use a different name.`;
      throw new AppError("conflict", message, { fields: { name: [message] } });
    }
    const [row] = await tx
      .insert(serviceTokens)
      .values({
        ...{ name, duration, secretHash: hash, clientId: secret.clientId },
        expiresAt: endOf(duration),
        createdByName: admin.name,
      })
      .returning();
    if (!row) throw new Error("a service token was not inserted");
    await recordChange(tx, admin, {
      action: "service_token.create",
      target: target(row.id, name),
      changes: diffOf(null, audited(row)),
    });
  });
  return secret;
}

/** Changes one in a transaction of its own, and writes down how; null from `set` means that nothing is new. */
async function change(
  admin: Admin,
  id: string,
  action: string,
  set: (row: Row) => Record<string, unknown> | null,
): Promise<Row> {
  const db = await database();
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(serviceTokens)
      .where(eq(serviceTokens.id, id))
      .for("update");
    if (!row) throw gone();
    const values = set(row);
    if (!values) return row;
    const [next] = await tx
      .update(serviceTokens)
      .set({ ...values, updatedAt: sql`now()` })
      .where(eq(serviceTokens.id, id))
      .returning();
    if (!next) throw gone();
    const changes = diffOf(audited(row), audited(next));
    await recordChange(tx, admin, { action, target: target(id, row.name), changes });
    return next;
  });
}

/** A new secret; the old one goes on working for so many hours, and one from before that ends now. */
export async function rotateServiceToken(
  admin: Admin,
  { id, graceHours }: { id: string; graceHours: number },
): Promise<ServiceTokenSecret> {
  const { hash, clientSecret } = newSecret("");
  const row = await change(admin, id, "service_token.rotate", (before) => ({
    secretHash: hash,
    secretVersion: before.secretVersion + 1,
    previousHash: graceHours > 0 ? before.secretHash : null,
    previousExpiresAt: graceHours > 0 ? sql`now() + make_interval(hours => ${graceHours})` : null,
    previousLastUsedAt: null,
  }));
  return { clientId: row.clientId, clientSecret };
}

/** Good for its whole duration from now on. */
export async function extendServiceToken(admin: Admin, id: string): Promise<void> {
  await change(admin, id, "service_token.refresh", ({ duration }) => ({
    expiresAt: endOf(duration),
  }));
}

export async function setServiceTokenEnabled(
  admin: Admin,
  { id, enabled }: { id: string; enabled: boolean },
): Promise<void> {
  const action = enabled ? "service_token.enable" : "service_token.disable";
  await change(admin, id, action, (row) => (row.enabled === enabled ? null : { enabled }));
}

/** Deletes one that no rule names; AppError `conflict` names what does. */
export async function removeServiceToken(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    for (const table of [policies, ruleGroups]) {
      await tx.execute(sql`lock table ${table} in share row exclusive mode`);
    }
    const [row] = await tx
      .select()
      .from(serviceTokens)
      .where(eq(serviceTokens.id, id))
      .for("update");
    if (!row) throw gone();
    const users = await usersOf(tx, id);
    if (users.length > 0) {
      const names = users.map(({ name }) => name).join(", ");
      throw new AppError("conflict", `${row.name} cannot be deleted while ${names} names it.`, {
        fix: "Take it out of there first.",
      });
    }
    await tx.delete(serviceTokens).where(eq(serviceTokens.id, id));
    await recordChange(tx, admin, {
      action: "service_token.remove",
      target: target(id, row.name),
      changes: diffOf(audited(row), null),
    });
  });
}

/**
 * Keeps that a service token was used, and with which secret; the caller sees to it that this is now
 * and then.
 */
export async function noteServiceTokenUse(
  _dataPlane: DataPlane,
  id: string,
  { ip, secretVersion }: { ip: string; secretVersion: number },
): Promise<void> {
  const db = await database();
  const { previousLastUsedAt: before, secretVersion: current } = serviceTokens;
  await db
    .update(serviceTokens)
    .set({
      lastUsedAt: sql`now()`,
      lastUsedIp: ip,
      previousLastUsedAt: sql`case when ${secretVersion} = ${current} - 1 then now() else ${before} end`,
    })
    .where(eq(serviceTokens.id, id));
}
