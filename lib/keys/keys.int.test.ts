import { createHash, createPublicKey, X509Certificate } from "node:crypto";
import { sql } from "drizzle-orm";
import { createLocalJWKSet, type JWK, jwtVerify } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { signingKeys } from "@/db/schema/signing-keys";
import { useTestDatabase } from "@/db/testing";
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

/** As another process would start: nothing known of the key. */
function forgetKey(): void {
  const state = processState<{ current: unknown }>("signing-key", () => ({ current: null }));
  state.current = null;
}

const makeOlder = async (interval: string) => {
  const db = await database();
  await db.update(signingKeys).set({ createdAt: sql`created_at - ${interval}::interval` });
};

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
    const [current, previous, ...others] = await listSigningKeys(dataPlane);
    expect(others).toEqual([]);
    expect(current?.retiredAt).toBeNull();
    const overlap = Date.parse(previous?.expiresAt ?? "") - Date.parse(previous?.retiredAt ?? "");
    expect(overlap).toBe(7 * 24 * 3_600_000);
    await expect(verify(token)).resolves.toBeDefined();
    forgetKey();
    const { protectedHeader } = await verify(await signToken({ sub: "a" }));
    expect(protectedHeader.kid).toBe(current?.kid);
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
      const [before] = await listSigningKeys(owner);
      const [after] = await rotateSigningKey(owner);
      const { entries } = await listChanges(owner, auditQuerySchema.parse({}));
      expect(entries[0]).toMatchObject({
        action: "signing_key.rotate",
        actorName: "Ada",
        changes: [{ path: "kid", before: before?.kid, after: after?.kid }],
      });
    });
  });
});
