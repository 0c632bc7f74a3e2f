import { createHash, createPublicKey, X509Certificate } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { createLocalJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { sessions } from "@/db/schema/sessions";
import { signingKeys } from "@/db/schema/signing-keys";
import { useTestDatabase } from "@/db/testing";
import { insertSession } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChanges } from "@/lib/audit/store";
import { dataPlane } from "@/lib/http/data-plane";
import type { Owner } from "@/lib/kit/actor";
import { processState } from "@/lib/kit/process-state";
import { signToken } from "./sign";
import {
  ensureSigningKey,
  listSigningKeys,
  rotateIfDue,
  rotateSigningKey,
  sealedSigningKey,
} from "./store";

useTestDatabase();

const DAY_MS = 24 * 3_600_000;

/** As another process would start: nothing known of the key. */
function forgetKey(): void {
  const state = processState<{ current: unknown }>("signing-key", () => ({ current: null }));
  state.current = null;
}

const makeOlder = async (interval: string) => {
  const db = await database();
  await db.update(signingKeys).set({ createdAt: sql`created_at - ${interval}::interval` });
};

/** As if this had happened so long ago. */
const ago = async (interval: string) => {
  const db = await database();
  const before = (column: AnyPgColumn) => sql`${column} - ${interval}::interval`;
  await db.update(signingKeys).set({
    createdAt: before(signingKeys.createdAt),
    retiredAt: before(signingKeys.retiredAt),
    expiresAt: before(signingKeys.expiresAt),
  });
  forgetKey();
};

const kidOf = (token: string) => decodeProtectedHeader(token).kid;
const states = async () => (await listSigningKeys(dataPlane)).map(({ state }) => state);

beforeEach(async () => {
  await (await database()).delete(signingKeys);
  forgetKey();
});

const verify = async (token: string) => {
  const keys = (await listSigningKeys(dataPlane)).map(({ publicJwk }) => publicJwk as JWK);
  return jwtVerify(token, createLocalJWKSet({ keys }), { algorithms: ["RS256"] });
};

describe("the signing key", () => {
  it("is made once by ten instances that start together", async () => {
    await Promise.all(Array.from({ length: 10 }, () => ensureSigningKey(dataPlane)));
    expect(await listSigningKeys(dataPlane)).toHaveLength(1);
  });

  it("has the SHA-256 of its public key as its id, and a certificate of the same key", async () => {
    await ensureSigningKey(dataPlane);
    const [key] = await listSigningKeys(dataPlane);
    const spki = createPublicKey({ key: key?.publicJwk as JWK, format: "jwk" }).export({
      type: "spki",
      format: "der",
    });
    expect(key?.kid).toMatch(/^[0-9a-f]{64}$/);
    expect(key?.kid).toBe(createHash("sha256").update(spki).digest("hex"));
    const certificate = new X509Certificate(key?.certificate ?? "");
    expect(certificate.publicKey.export({ type: "spki", format: "der" })).toEqual(spki);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.subject).toBe("CN=localhost:3000");
  });

  it("is stored sealed, and never shown with its private half", async () => {
    await ensureSigningKey(dataPlane);
    const { sealed } = await sealedSigningKey();
    expect(sealed).toMatch(/^v1\./);
    const [key] = await listSigningKeys(dataPlane);
    expect(Object.keys(key?.publicJwk ?? {}).sort()).toEqual([
      "alg",
      "e",
      "kid",
      "kty",
      "n",
      "use",
    ]);
  });

  it("signs tokens that verify against the published keys", async () => {
    const { payload, protectedHeader } = await verify(await signToken({ sub: "a", aud: ["b"] }));
    expect(payload).toEqual({ sub: "a", aud: ["b"] });
    const [key] = await listSigningKeys(dataPlane);
    expect(protectedHeader).toEqual({ alg: "RS256", typ: "JWT", kid: key?.kid });
  });

  it("cannot be opened when its sealed half was copied from another key", async () => {
    await ensureSigningKey(dataPlane);
    const first = await sealedSigningKey();
    const db = await database();
    await db.delete(signingKeys);
    await ensureSigningKey(dataPlane);
    await db.update(signingKeys).set({ sealed: first.sealed });
    await expect(signToken({ sub: "a" })).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("rotation", () => {
  it("waits until the interval is over, then keeps the key before for seven days", async () => {
    const token = await signToken({ sub: "a" });
    expect(await rotateIfDue(dataPlane)).toBe(false);
    await makeOlder("41 days");
    expect(await rotateIfDue(dataPlane)).toBe(false);
    await makeOlder("2 days");
    expect(await rotateIfDue(dataPlane)).toBe(true);
    expect(await rotateIfDue(dataPlane)).toBe(false);
    const [before] = await listSigningKeys(dataPlane);
    expect(before?.kid).toBe(kidOf(token));
    const overlap = Date.parse(before?.expiresAt ?? "") - Date.parse(before?.retiredAt ?? "");
    expect(overlap).toBe(7 * DAY_MS);
    await expect(verify(token)).resolves.toBeDefined();
  });

  it("publishes the next key for two minutes before it signs: verifiers keep keys for one", async () => {
    const before = kidOf(await signToken({ sub: "a" }));
    await makeOlder("50 days");
    await rotateIfDue(dataPlane);
    forgetKey();
    expect(await states()).toEqual(["signs", "next"]);
    await ago("115 seconds");
    expect(kidOf(await signToken({ sub: "a" }))).toBe(before);
    await ago("10 seconds");
    expect(await states()).toEqual(["signs", "previous"]);
    const after = kidOf(await signToken({ sub: "a" }));
    expect(after).not.toBe(before);
    expect((await listSigningKeys(dataPlane)).map(({ kid }) => kid)).toEqual([after, before]);
  });

  it("keeps a key for as long as a session that began under it, so that nobody is signed out", async () => {
    const db = await database();
    const token = await signToken({ sub: "a" });
    await makeOlder("50 days");
    const end = new Date(Date.now() + 30 * DAY_MS);
    const { id } = await insertSession("ada@example.com");
    await db.update(sessions).set({ tokensExpireAt: end }).where(eq(sessions.id, id));
    await rotateIfDue(dataPlane);
    await ago("3 minutes");
    await expect(verify(token)).resolves.toBeDefined();
    const keptUntil = async () =>
      Date.parse((await listSigningKeys(dataPlane))[1]?.expiresAt ?? "");
    expect(await keptUntil()).toBe(end.getTime() - 3 * 60_000);
    // The hour after: somebody signed in while the key still did.
    const later = new Date(end.getTime() + DAY_MS);
    await db.update(sessions).set({
      expiresAt: later,
      createdAt: sql`now() - interval '90 seconds'`,
    });
    await rotateIfDue(dataPlane);
    expect(await keptUntil()).toBe(later.getTime());
    // Who signs in under the new key, or whose session was revoked, counts no more.
    await db
      .update(sessions)
      .set({ expiresAt: new Date(later.getTime() + DAY_MS), createdAt: sql`now()` });
    await rotateIfDue(dataPlane);
    expect(await keptUntil()).toBe(later.getTime());
    await db.delete(sessions);
  });

  it("happens once when several instances find it due together", async () => {
    await ensureSigningKey(dataPlane);
    await makeOlder("50 days");
    const made = await Promise.all(Array.from({ length: 5 }, () => rotateIfDue(dataPlane)));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await listSigningKeys(dataPlane)).toHaveLength(2);
  });

  it("forgets a key that is over, so that its tokens verify no more", async () => {
    const token = await signToken({ sub: "a" });
    await makeOlder("50 days");
    await rotateIfDue(dataPlane);
    const db = await database();
    await db
      .update(signingKeys)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(sql`retired_at is not null`);
    expect(await listSigningKeys(dataPlane)).toHaveLength(1);
    await expect(verify(token)).rejects.toMatchObject({ code: "ERR_JWKS_NO_MATCHING_KEY" });
    await rotateIfDue(dataPlane);
    expect(await db.$count(signingKeys)).toBe(1);
  });

  describe("on demand", () => {
    let owner: Owner;
    beforeEach(async () => {
      owner ??= await firstOwner();
    });

    it("is audited with the ids of both keys", async () => {
      await ensureSigningKey(dataPlane);
      await rotateSigningKey(owner);
      const [before, after] = await listSigningKeys(owner);
      const { entries } = await listChanges(owner, auditQuerySchema.parse({}));
      expect(entries[0]).toMatchObject({
        action: "signing_key.rotate",
        actorName: "Ada",
        changes: [{ path: "kid", before: before?.kid, after: after?.kid }],
      });
    });
  });
});
