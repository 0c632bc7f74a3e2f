import "server-only";
import { and, asc, desc, gt, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { sessions } from "@/db/schema/sessions";
import { signingKeys } from "@/db/schema/signing-keys";
import { team } from "@/db/schema/team";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import type { DataPlane } from "@/lib/kit/data-plane";
import { seal } from "@/lib/kit/master-key";
import { installation } from "@/lib/team/store";
import { generateSigningKey } from "./generate";
import {
  DEFAULT_ROTATION_DAYS,
  type KeyState,
  OVERLAP_DAYS,
  PUBLISHED_MINUTES,
  type SigningKey,
} from "./schema";
import { describeKey, orderedKeys } from "./states";

type Row = typeof signingKeys.$inferSelect;

/** Binds a private key to its id, so that a copy in another row cannot be opened. */
export const sealingContext = (kid: string): string => `signing_key:${kid}`;

const isUnretired = isNull(signingKeys.retiredAt);

/** The newest: it signs, or will in a moment. */
async function newestKey(db: Queryable): Promise<Row | null> {
  const [row] = await db
    .select()
    .from(signingKeys)
    .where(isUnretired)
    .orderBy(desc(signingKeys.createdAt), signingKeys.kid)
    .limit(1);
  return row ?? null;
}

/** The one that signs: its successor waits until everybody may know it. */
async function currentKey(db: Queryable): Promise<Row | null> {
  const [row] = await db
    .select()
    .from(signingKeys)
    .where(or(isUnretired, gt(signingKeys.retiredAt, sql`clock_timestamp()`)))
    .orderBy(asc(signingKeys.createdAt), signingKeys.kid)
    .limit(1);
  return row ?? null;
}

/** Of several instances that want another key at once, one makes it and the others find it. */
const oneAtATime = (tx: Queryable) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('signing-keys', 0))`);

/** The latest end of what was signed for these sessions: the global token and those for applications. */
const latestEnd = (which?: SQL) =>
  sql`(select max(greatest(${sessions.expiresAt}, ${sessions.tokensExpireAt})) from ${sessions}
    where ${and(isNull(sessions.revokedAt), which)})`;

/**
 * Makes the next key. It is published now and signs when caches of the keys have it; the one before
 * verifies for some days more, and for as long as anything that it signed may live.
 */
async function succeed(tx: Queryable, commonName: string): Promise<Row> {
  const { kid, publicJwk, privateJwk, certificate } = await generateSigningKey(commonName);
  const at = sql`statement_timestamp()`;
  const signsAt = sql`${at} + make_interval(mins => ${PUBLISHED_MINUTES})`;
  const overlap = sql`${signsAt} + make_interval(days => ${OVERLAP_DAYS})`;
  await tx
    .update(signingKeys)
    .set({ retiredAt: signsAt, expiresAt: sql`greatest(${overlap}, ${latestEnd()})` })
    .where(isUnretired);
  await tx.delete(signingKeys).where(lte(signingKeys.expiresAt, at));
  const sealed = seal(JSON.stringify(privateJwk), sealingContext(kid));
  const [row] = await tx
    .insert(signingKeys)
    .values({ kid, publicJwk, certificate, sealed, createdAt: at })
    .returning();
  if (!row) throw new Error("the signing key was not stored");
  return row;
}

/** People who signed in while a key was about to retire: what it signed for them counts too. */
async function keepLongEnough(tx: Queryable): Promise<void> {
  const signed = latestEnd(
    sql`${sessions.createdAt} <= ${signingKeys.retiredAt} + interval '1 minute'`,
  );
  const lately = gt(
    signingKeys.retiredAt,
    sql`clock_timestamp() - make_interval(days => ${OVERLAP_DAYS})`,
  );
  await tx
    .update(signingKeys)
    .set({ expiresAt: signed })
    .where(and(lately, lt(signingKeys.expiresAt, signed)));
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

/** The keys that tokens verify with: the one that signs, the next, then those before, newest first. */
export async function listSigningKeys(
  _reader: DataPlane | Viewer,
): Promise<(SigningKey & { state: KeyState })[]> {
  const db = await database();
  const rows = await db.select().from(signingKeys);
  return orderedKeys(rows.map(describeKey), Date.now());
}

/** Publishes a new key, which signs from `PUBLISHED_MINUTES` later on. */
export async function rotateSigningKey(admin: Admin): Promise<void> {
  const db = await database();
  const name = await commonName();
  await db.transaction(async (tx) => {
    await oneAtATime(tx);
    const before = await newestKey(tx);
    const after = await succeed(tx, name);
    await recordChange(tx, admin, {
      action: "signing_key.rotate",
      target: { type: "signing_key", id: after.kid, name: "Key of application tokens" },
      changes: [{ path: "kid", before: before?.kid ?? null, after: after.kid }],
    });
  });
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
    const present = await newestKey(tx);
    const age = present ? Date.now() - present.createdAt.getTime() : Number.POSITIVE_INFINITY;
    const due = age > days * 24 * 3_600_000;
    if (due) await succeed(tx, name);
    await keepLongEnough(tx);
    if (!due)
      await tx.delete(signingKeys).where(lte(signingKeys.expiresAt, sql`clock_timestamp()`));
    return due;
  });
}
