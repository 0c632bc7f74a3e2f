import "server-only";
import { desc, gt, isNull, lte, or, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { signingKeys } from "@/db/schema/signing-keys";
import { team } from "@/db/schema/team";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import type { DataPlane } from "@/lib/kit/data-plane";
import { seal } from "@/lib/kit/master-key";
import { installation } from "@/lib/team/store";
import { generateSigningKey } from "./generate";
import { DEFAULT_ROTATION_DAYS, OVERLAP_DAYS, type SigningKey } from "./schema";

type Row = typeof signingKeys.$inferSelect;

/** Binds a private key to its id, so that a copy in another row cannot be opened. */
export const sealingContext = (kid: string): string => `signing_key:${kid}`;

const toDto = (row: Row): SigningKey => ({
  kid: row.kid,
  publicJwk: row.publicJwk,
  certificate: row.certificate,
  createdAt: row.createdAt.toISOString(),
  retiredAt: row.retiredAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
});

async function currentKey(db: Queryable): Promise<Row | null> {
  const [row] = await db
    .select()
    .from(signingKeys)
    .where(isNull(signingKeys.retiredAt))
    .orderBy(desc(signingKeys.createdAt), signingKeys.kid)
    .limit(1);
  return row ?? null;
}

/** Of several instances that want another key at once, one makes it and the others find it. */
const oneAtATime = (tx: Queryable) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('signing-keys', 0))`);

/** Makes a key that signs from now on; those before verify for some days more. */
async function succeed(tx: Queryable, commonName: string): Promise<Row> {
  const { kid, publicJwk, privateJwk, certificate } = await generateSigningKey(commonName);
  const at = sql`clock_timestamp()`;
  await tx
    .update(signingKeys)
    .set({ retiredAt: at, expiresAt: sql`${at} + make_interval(days => ${OVERLAP_DAYS})` })
    .where(isNull(signingKeys.retiredAt));
  await tx.delete(signingKeys).where(lte(signingKeys.expiresAt, at));
  const sealed = seal(JSON.stringify(privateJwk), sealingContext(kid));
  const [row] = await tx
    .insert(signingKeys)
    .values({ kid, publicJwk, certificate, sealed, createdAt: at })
    .returning();
  if (!row) throw new Error("the signing key was not stored");
  return row;
}

const commonName = async (): Promise<string> => new URL((await installation()).teamDomain).host;

/**
 * The key that signs, with its private half still sealed: only `lib/keys/sign.ts` opens it. Makes the
 * first one.
 */
export async function sealedSigningKey(): Promise<{ kid: string; sealed: string }> {
  const db = await database();
  const present = await currentKey(db);
  if (present) return present;
  const name = await commonName();
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    return (await currentKey(tx)) ?? succeed(tx, name);
  });
}

/** Sees to it that there is a key to sign with. Several instances that start at once make one. */
export async function ensureSigningKey(_dataPlane: DataPlane): Promise<void> {
  await sealedSigningKey();
}

/** The keys that tokens verify with: the one that signs, then those before it, newest first. */
export async function listSigningKeys(_reader: DataPlane | Viewer): Promise<SigningKey[]> {
  const db = await database();
  const rows = await db
    .select()
    .from(signingKeys)
    .where(or(isNull(signingKeys.expiresAt), gt(signingKeys.expiresAt, sql`clock_timestamp()`)))
    .orderBy(sql`${signingKeys.retiredAt} desc nulls first`, desc(signingKeys.createdAt));
  return rows.map(toDto);
}

/** Signs with a new key from now on. Tokens of the key before are good for `OVERLAP_DAYS` more. */
export async function rotateSigningKey(admin: Admin): Promise<SigningKey[]> {
  const db = await database();
  const name = await commonName();
  await db.transaction(async (tx) => {
    await oneAtATime(tx);
    const before = await currentKey(tx);
    const after = await succeed(tx, name);
    await recordChange(tx, admin, {
      action: "signing_key.rotate",
      target: { type: "signing_key", id: after.kid, name: "Key of application tokens" },
      changes: [{ path: "kid", before: before?.kid ?? null, after: after.kid }],
    });
  });
  return listSigningKeys(admin);
}

/**
 * Makes the next key when the present one is older than the team's rotation interval, and forgets
 * those that are over. Answers whether it made one. Called hourly by every instance.
 */
export async function rotateIfDue(_dataPlane: DataPlane): Promise<boolean> {
  const db = await database();
  const name = await commonName();
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    const [row] = await tx.select({ days: team.keyRotationDays }).from(team);
    const days = row?.days ?? DEFAULT_ROTATION_DAYS;
    const present = await currentKey(tx);
    const age = present ? Date.now() - present.createdAt.getTime() : Number.POSITIVE_INFINITY;
    const due = age > days * 24 * 3_600_000;
    if (due) await succeed(tx, name);
    else await tx.delete(signingKeys).where(lte(signingKeys.expiresAt, sql`clock_timestamp()`));
    return due;
  });
}
