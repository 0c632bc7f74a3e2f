import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { clientKeys } from "@/db/schema/client-keys";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import type { Admin } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import {
  addLoginMethod,
  getLoginMethod,
  openLoginMethod,
  removeLoginMethod,
} from "@/lib/login-methods/store";
import { MAX_KEYS } from "./schema";
import {
  listClientKeys,
  makeClientKey,
  publishedKeys,
  removeClientKey,
  storedKeys,
  switchToClientKey,
} from "./store";

// Keys are made, on whatever machine this is.
vi.setConfig({ testTimeout: 30_000 });
useTestDatabase();
let ada: Admin;
beforeAll(async () => {
  ada = await firstOwner();
});
beforeEach(async () => {
  const db = await database();
  await db.execute(sql`truncate login_methods, client_keys, audit_log cascade`);
});

const signing = (loginMethodId: string) =>
  makeClientKey(ada, { loginMethodId, use: "sig", alg: "ES256" });
const decrypting = (loginMethodId: string) =>
  makeClientKey(ada, { loginMethodId, use: "enc", alg: "ECDH-ES" });
const kids = (keys: readonly { kid?: string }[]) => keys.map(({ kid }) => kid);
const states = async (id: string) =>
  Object.fromEntries((await listClientKeys(ada, id)).map(({ kid, state }) => [kid, state]));

const add = (token_auth_method = "private_key_jwt") =>
  addLoginMethod(ada, {
    kind: "oidc",
    values: {
      name: `Acme ${randomUUID().slice(0, 6)}`,
      config: {
        client_id: "gatehouse",
        client_secret: "planted-secret-7d1f",
        token_auth_method,
        auth_url: "https://id.acme.test/authorize",
        token_url: "https://id.acme.test/token",
        certs_url: "https://id.acme.test/jwks",
      },
    },
  });

async function refused(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error(`expected a refusal, got ${String(error)}`);
  return error;
}

/** Every private member of every key, as it stands in the connection. */
async function privateParts(id: string): Promise<string[]> {
  const { connection } = await openLoginMethod(ada, id);
  const keys = [connection.clientKey, ...(connection.decryptionKeys ?? [])];
  return keys.flatMap((key) => {
    if (!key?.d) throw new Error("no private key");
    return ["d", "p", "q", "dp", "dq", "qi"].flatMap((part) => key[part] ?? []);
  });
}

describe("key pairs", () => {
  it.each([
    ["sig", "RS256", "RSA"],
    ["sig", "PS256", "RSA"],
    ["sig", "ES256", "EC"],
    ["enc", "RSA-OAEP-256", "RSA"],
    ["enc", "RSA-OAEP", "RSA"],
    ["enc", "ECDH-ES", "EC"],
  ] as const)("are made for %s with %s", async (use, alg, kty) => {
    const id = randomUUID();
    const [made] = await makeClientKey(ada, { loginMethodId: id, use, alg } as never);
    expect(made).toMatchObject({ use, alg, state: "in_use", createdBy: ada.name, retiredAt: null });
    expect(made?.publicJwk).toMatchObject({ kty, use, alg, kid: made?.kid });
    expect(made?.pem).toMatch(/^-----BEGIN PUBLIC KEY-----[\s\S]+-----END PUBLIC KEY-----$/);
    if (kty === "RSA") {
      expect(Buffer.from(made?.publicJwk.n ?? "", "base64url")).toHaveLength(256);
    }
    expect(await publishedKeys(id)).toEqual([made?.publicJwk]);
  });

  it("a second signing key is published, and signs only once it is switched to", async () => {
    const { id } = await add();
    const [first] = await signing(id);
    const [second] = await signing(id);
    expect(await states(id)).toEqual({ [first?.kid ?? ""]: "in_use", [second?.kid ?? ""]: "next" });
    expect(kids(await publishedKeys(id))).toEqual([first?.kid, second?.kid]);
    const signer = async () => (await openLoginMethod(ada, id)).connection.clientKey?.kid;
    expect(await signer()).toBe(first?.kid);

    await switchToClientKey(ada, { loginMethodId: id, kid: second?.kid ?? "" });
    expect(await signer()).toBe(second?.kid);
    expect(kids(await publishedKeys(id))).toEqual([first?.kid, second?.kid]);

    await switchToClientKey(ada, { loginMethodId: id, kid: first?.kid ?? "" });
    expect(await signer()).toBe(first?.kid);
    expect(await states(id)).toMatchObject({ [second?.kid ?? ""]: "retired" });
  });

  it("a retired signing key leaves the key set after a day", async () => {
    const id = randomUUID();
    const [first] = await signing(id);
    const [second] = await signing(id);
    await switchToClientKey(ada, { loginMethodId: id, kid: second?.kid ?? "" });
    const db = await database();
    await db
      .update(clientKeys)
      .set({ retiredAt: sql`now() - interval '25 hours'` })
      .where(eq(clientKeys.kid, first?.kid ?? ""));
    expect(kids(await publishedKeys(id))).toEqual([second?.kid]);
  });

  it("a new decryption key replaces the published one, and both still open tokens", async () => {
    const { id } = await add("client_secret_post");
    const [first] = await decrypting(id);
    const [second] = await decrypting(id);
    expect(kids(await publishedKeys(id))).toEqual([second?.kid]);
    const { connection } = await openLoginMethod(ada, id);
    expect(kids(connection.decryptionKeys ?? [])).toEqual([second?.kid, first?.kid]);
  });

  it("a deleted key is neither published nor used", async () => {
    const { id } = await add();
    const [signer] = await signing(id);
    const [opener] = await decrypting(id);
    await removeClientKey(ada, { loginMethodId: id, kid: signer?.kid ?? "" });
    await removeClientKey(ada, { loginMethodId: id, kid: opener?.kid ?? "" });
    expect(await publishedKeys(id)).toEqual([]);
    const { connection } = await openLoginMethod(ada, id);
    expect(connection).toMatchObject({ clientKey: null, decryptionKeys: [] });
  });

  it("are few: the sixth of a use is refused, and so is what is not there", async () => {
    const id = randomUUID();
    for (let count = 0; count < MAX_KEYS; count += 1) await signing(id);
    expect(await refused(signing(id))).toMatchObject({ code: "conflict" });
    const [opener] = await decrypting(id);
    const unknown = { loginMethodId: id, kid: "a".repeat(43) };
    expect(await refused(removeClientKey(ada, unknown))).toMatchObject({ code: "not_found" });
    expect(await refused(switchToClientKey(ada, unknown))).toMatchObject({ code: "not_found" });
    expect(
      await refused(switchToClientKey(ada, { loginMethodId: id, kid: opener?.kid ?? "" })),
    ).toMatchObject({ code: "invalid_input" });
  });

  it("go with their login method, and those of forms never saved go after 30 days", async () => {
    const { id } = await add();
    const abandoned = randomUUID();
    await signing(id);
    await signing(abandoned);
    const db = await database();
    await db.update(clientKeys).set({ createdAt: sql`now() - interval '31 days'` });
    await signing(randomUUID());
    expect(await publishedKeys(abandoned)).toEqual([]);
    expect(await publishedKeys(id)).toHaveLength(1);
    await removeLoginMethod(ada, id);
    expect(await storedKeys(db, id)).toEqual([]);
  });

  it("change what was tested: the signer where it signs, the published decryption key always", async () => {
    const print = async (id: string) => (await getLoginMethod(ada, id)).fingerprint;
    const secret = await add("client_secret_post");
    await signing(secret.id);
    expect(await print(secret.id)).toBe(secret.fingerprint);

    const { id, fingerprint } = await add();
    const [first] = await signing(id);
    const signed = await print(id);
    expect(signed).not.toBe(fingerprint);
    await signing(id);
    expect(await print(id)).toBe(signed);
    expect((await openLoginMethod(ada, id)).fingerprint).toBe(signed);
    await removeClientKey(ada, { loginMethodId: id, kid: first?.kid ?? "" });
    expect(await print(id)).not.toBe(signed);
    const before = await print(id);
    await decrypting(id);
    expect(await print(id)).not.toBe(before);
  });
});

describe("the private half", () => {
  it("is in no list, key set, login method or audit entry, and sealed where it is stored", async () => {
    const { id } = await add();
    await makeClientKey(ada, { loginMethodId: id, use: "sig", alg: "RS256" });
    await makeClientKey(ada, { loginMethodId: id, use: "enc", alg: "RSA-OAEP-256" });
    const db = await database();
    const seen = JSON.stringify([
      await listClientKeys(ada, id),
      await publishedKeys(id),
      await getLoginMethod(ada, id),
      await db.select().from(auditLog),
      await db.select().from(clientKeys),
    ]);
    const parts = await privateParts(id);
    expect(parts).toHaveLength(12);
    for (const part of parts) expect(seen).not.toContain(part);
  });

  it("of one login method is not opened for another, even when its row is moved there", async () => {
    const [mine, theirs] = [await add(), await add()];
    await signing(mine.id);
    await decrypting(mine.id);
    expect((await openLoginMethod(ada, theirs.id)).connection).toMatchObject({
      clientKey: null,
      decryptionKeys: [],
    });
    const db = await database();
    await db.update(clientKeys).set({ loginMethodId: theirs.id });
    expect(await refused(openLoginMethod(ada, theirs.id))).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("key pair"),
    });
  });

  it("of another login method is neither switched to nor deleted", async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    const [key] = await signing(mine);
    const forged = { loginMethodId: theirs, kid: key?.kid ?? "" };
    expect(await refused(removeClientKey(ada, forged))).toMatchObject({ code: "not_found" });
    expect(await refused(switchToClientKey(ada, forged))).toMatchObject({ code: "not_found" });
    expect(await publishedKeys(mine)).toHaveLength(1);
  });
});

it("every act on a key is in the Admin log", async () => {
  const { id, name } = await add();
  const [first] = await signing(id);
  const [second] = await signing(id);
  await switchToClientKey(ada, { loginMethodId: id, kid: second?.kid ?? "" });
  await removeClientKey(ada, { loginMethodId: id, kid: first?.kid ?? "" });
  await signing(randomUUID());
  const db = await database();
  const entries = await db.select().from(auditLog).orderBy(auditLog.id);
  expect(entries.map(({ action, targetName }) => [action, targetName])).toEqual([
    ["login_method.create", name],
    ["login_method.make_key", name],
    ["login_method.make_key", name],
    ["login_method.use_key", name],
    ["login_method.remove_key", name],
    ["login_method.make_key", "A login method that is not saved yet"],
  ]);
});
