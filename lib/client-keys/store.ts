import "server-only";
import { createPublicKey, type JsonWebKey } from "node:crypto";
import { and, eq, inArray, lt, notExists, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { clientKeys } from "@/db/schema/client-keys";
import { loginMethods } from "@/db/schema/login-methods";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import { publishedOf, stateOf } from "./key-states";
import { makePair } from "./make-pair";
import { noDecryptionSwitch, noSuchKey, tooManyKeys } from "./refusals";
import { type ClientKey, type KeyId, MAX_KEYS, type MakeKey } from "./schema";
import { type StoredKey, sealKey } from "./sealed-keys";

const ABANDONED = sql`now() - interval '30 days'`;

const pemOf = (key: JsonWebKey): string =>
  createPublicKey({ key, format: "jwk" }).export({ type: "spki", format: "pem" }).toString().trim();

const toDto = (key: StoredKey, all: readonly StoredKey[]): ClientKey => ({
  kid: key.kid,
  use: key.use,
  alg: key.alg,
  state: stateOf(key, all),
  publicJwk: key.publicJwk,
  pem: pemOf(key.publicJwk),
  createdAt: key.createdAt.toISOString(),
  createdBy: key.createdByName,
  retiredAt: key.retiredAt?.toISOString() ?? null,
});

/** The sealed keys of one login method, for the connection that is opened with them. */
export const storedKeys = (db: Queryable, loginMethodId: string): Promise<StoredKey[]> =>
  db.select().from(clientKeys).where(eq(clientKeys.loginMethodId, loginMethodId));

/** The same for several, by login method. */
export async function storedKeysOf(
  db: Queryable,
  loginMethodIds: readonly string[],
): Promise<Map<string, StoredKey[]>> {
  if (loginMethodIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(clientKeys)
    .where(inArray(clientKeys.loginMethodId, [...loginMethodIds]));
  return new Map(
    loginMethodIds.map((id) => [id, rows.filter(({ loginMethodId }) => loginMethodId === id)]),
  );
}

async function listed(db: Queryable, loginMethodId: string): Promise<ClientKey[]> {
  const keys = await storedKeys(db, loginMethodId);
  return keys
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .map((key) => toDto(key, keys));
}

/** The key pairs of a login method, saved or not yet, newest first. */
export const listClientKeys = async (
  _viewer: Viewer,
  loginMethodId: string,
): Promise<ClientKey[]> => listed(await database(), loginMethodId);

/** What anyone may read at the address of the key set: no capability is asked for. */
export async function publishedKeys(loginMethodId: string): Promise<Record<string, string>[]> {
  const keys = await storedKeys(await database(), loginMethodId);
  return publishedOf(keys, Date.now()).map(({ publicJwk }) => publicJwk);
}

/** Keys are few and their rules look at all of them, so one change at a time sees them. */
async function lockedKeys(tx: Queryable, loginMethodId: string): Promise<StoredKey[]> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`client-keys:${loginMethodId}`}, 0))`,
  );
  return storedKeys(tx, loginMethodId);
}

async function record(tx: Queryable, admin: Admin, action: string, key: StoredKey, after: string) {
  const [method] = await tx
    .select({ name: loginMethods.name })
    .from(loginMethods)
    .where(eq(loginMethods.id, key.loginMethodId));
  const name = method?.name ?? "A login method that is not saved yet";
  const path = `${key.use === "sig" ? "signing_key" : "decryption_key"}.${key.kid}`;
  await recordChange(tx, admin, {
    action: `login_method.${action}`,
    target: { type: "login_method", id: key.loginMethodId, name },
    changes: [{ path, before: action === "make_key" ? null : key.alg, after }],
  });
}

/** Keys of forms that nobody ever saved. */
const forgetAbandoned = (tx: Queryable) =>
  tx
    .delete(clientKeys)
    .where(
      and(
        lt(clientKeys.createdAt, ABANDONED),
        notExists(
          tx
            .select({ one: sql`1` })
            .from(loginMethods)
            .where(eq(loginMethods.id, clientKeys.loginMethodId)),
        ),
      ),
    );

/**
 * Makes a key pair and keeps its private half sealed. The first signing key signs at once; a later
 * one waits for `switchToClientKey`, so that the provider can learn it first. A new decryption key
 * takes the place of the old one, which still opens what was encrypted to it. Throws AppError
 * `conflict` when there are five.
 */
export async function makeClientKey(
  admin: Admin,
  { loginMethodId, use, alg }: MakeKey,
): Promise<ClientKey[]> {
  const { kid, publicJwk, privateJwk } = await makePair(use, alg);
  const db = await database();
  return db.transaction(async (tx) => {
    const keys = await lockedKeys(tx, loginMethodId);
    if (keys.filter((key) => key.use === use).length >= MAX_KEYS) throw tooManyKeys(use);
    await forgetAbandoned(tx);
    const key: StoredKey = {
      kid,
      loginMethodId,
      use,
      alg,
      publicJwk,
      sealed: sealKey({ loginMethodId, kid }, privateJwk),
      createdByName: admin.name,
      createdAt: new Date(),
      retiredAt: null,
    };
    if (use === "enc")
      await retire(
        tx,
        keys.filter((old) => old.use === "enc"),
      );
    await tx.insert(clientKeys).values(key);
    await record(tx, admin, "make_key", key, `${alg}, made`);
    return listed(tx, loginMethodId);
  });
}

async function retire(tx: Queryable, keys: readonly StoredKey[]): Promise<void> {
  const kids = keys.filter(({ retiredAt }) => retiredAt === null).map(({ kid }) => kid);
  if (kids.length === 0) return;
  await tx.update(clientKeys).set({ retiredAt: new Date() }).where(inArray(clientKeys.kid, kids));
}

/** Signs with this key from now on, and with no other; also the way back to a retired one. */
export async function switchToClientKey(
  admin: Admin,
  { loginMethodId, kid }: KeyId,
): Promise<ClientKey[]> {
  const db = await database();
  return db.transaction(async (tx) => {
    const keys = await lockedKeys(tx, loginMethodId);
    const key = keys.find((one) => one.kid === kid);
    if (!key) throw noSuchKey();
    if (key.use !== "sig") throw noDecryptionSwitch();
    if (stateOf(key, keys) === "in_use") return listed(tx, loginMethodId);
    await retire(
      tx,
      keys.filter((one) => one.use === "sig" && one.kid !== kid),
    );
    await tx.update(clientKeys).set({ retiredAt: null }).where(eq(clientKeys.kid, kid));
    await record(tx, admin, "use_key", key, `${key.alg}, signs from now on`);
    return listed(tx, loginMethodId);
  });
}

/** Deletes a key pair for good: nothing is signed with it or opened by it again. */
export async function removeClientKey(
  admin: Admin,
  { loginMethodId, kid }: KeyId,
): Promise<ClientKey[]> {
  const db = await database();
  return db.transaction(async (tx) => {
    const keys = await lockedKeys(tx, loginMethodId);
    const key = keys.find((one) => one.kid === kid);
    if (!key) throw noSuchKey();
    await tx.delete(clientKeys).where(eq(clientKeys.kid, kid));
    await record(tx, admin, "remove_key", key, "removed");
    return listed(tx, loginMethodId);
  });
}
