import { createLocalJWKSet, type JWK, jwtVerify } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { dataPlane } from "@/lib/http/data-plane";
import { signToken } from "@/lib/keys/sign";
import { listSigningKeys } from "@/lib/keys/store";
import {
  MAX_TOKEN_BYTES,
  orgToken,
  type PersonTokenInput,
  personToken,
  serviceToken,
  tokenBytes,
  tokenEnd,
} from "./mint";
import { orgTokenSchema, personTokenSchema, serviceTokenClaimsSchema, sessionIdOf } from "./schema";

useTestDatabase();

const ISSUER = "https://acme.example.com";
const NOW = Date.now();
const USER = "0b7c3f1e-58c2-4c1e-9d6f-0a1b2c3d4e5f";
const SESSION = "6f1e4b1e-6c0a-4b57-9d6f-0a1b2c3d4e5f";

const input = (over: Partial<PersonTokenInput> = {}): PersonTokenInput => ({
  issuer: ISSUER,
  now: NOW,
  expiresAt: NOW + 3_600_000,
  application: { aud: "a".repeat(64), tokenEpoch: 3 },
  userId: USER,
  sessionId: SESSION,
  email: "ada@example.com",
  country: "NL",
  policyId: null,
  claims: [],
  host: null,
  ...over,
});
const claim = (name: string, value: unknown) => ({ name, value, values: [] });

let jwks: ReturnType<typeof createLocalJWKSet>;
beforeAll(async () => {
  await signToken({});
  const keys = await listSigningKeys(dataPlane);
  jwks = createLocalJWKSet({ keys: keys.map(({ publicJwk }) => publicJwk as JWK) });
});

describe("a token for an application", () => {
  it("verifies with jose against the published keys, as applications do it", async () => {
    const claims = [claim("oid", "54eb"), claim("roles", ["a", "b"])];
    const token = await signToken(personToken(input({ claims })));
    const { payload } = await jwtVerify(token, jwks, { issuer: ISSUER, audience: "a".repeat(64) });
    expect(personTokenSchema.parse(payload)).toEqual({
      type: "app",
      aud: ["a".repeat(64)],
      iss: ISSUER,
      iat: Math.floor(NOW / 1000),
      nbf: Math.floor(NOW / 1000),
      exp: Math.floor(NOW / 1000) + 3600,
      email: "ada@example.com",
      sub: USER,
      identity_nonce: SESSION.replaceAll("-", ""),
      country: "NL",
      epoch: 3,
      custom: { oid: "54eb", roles: ["a", "b"] },
    });
    expect(sessionIdOf(String(payload.identity_nonce))).toBe(SESSION);
  });

  it("is not taken for another application's", async () => {
    const token = await signToken(personToken(input()));
    await expect(jwtVerify(token, jwks, { audience: "b".repeat(64) })).rejects.toMatchObject({
      code: "ERR_JWT_CLAIM_VALIDATION_FAILED",
    });
  });

  it("says exactly how long it becomes", async () => {
    for (const claims of [[], [claim("ü", "é".repeat(77))], [claim("x", "y".repeat(1000))]]) {
      const made = personToken(input({ claims }));
      expect((await signToken(made)).length).toBe(tokenBytes(made));
    }
  });

  it("drops custom claims from the end of the list until a browser keeps the cookie", async () => {
    const claims = Array.from({ length: 12 }, (_, at) => claim(`c${at}`, "x".repeat(300)));
    const made = personToken(input({ claims }));
    expect(Object.keys(made.custom ?? {})).toEqual(["c0", "c1", "c2", "c3", "c4", "c5", "c6"]);
    expect((await signToken(made)).length).toBeLessThanOrEqual(MAX_TOKEN_BYTES);
    const more = { ...made, custom: { ...made.custom, c7: "x".repeat(300) } };
    expect(tokenBytes(more)).toBeGreaterThan(MAX_TOKEN_BYTES);
  });

  it("goes without any when the first is too big already", () => {
    const claims = [claim("photo", "x".repeat(9000)), claim("oid", "1")];
    expect(personToken(input({ claims }))).not.toHaveProperty("custom");
  });

  it("prototype pollution: a claim named __proto__ is a claim like any other", () => {
    const made = personToken(input({ claims: [claim("__proto__", { admin: true })] }));
    expect(JSON.stringify(made.custom)).toBe('{"__proto__":{"admin":true}}');
    expect(made).not.toHaveProperty("admin");
    expect(Object.keys(made.custom ?? {})).toEqual(["__proto__"]);
  });

  it("lives a minute where the session duration is 0s, and never less than a second", () => {
    expect(tokenEnd(NOW, 0)).toBe(NOW + 60_000);
    expect(tokenEnd(NOW, 3_600_000)).toBe(NOW + 3_600_000);
    const { iat, exp } = personToken(input({ expiresAt: NOW - 5000 }));
    expect(exp).toBe(iat + 1);
  });

  it("names its host only where there is one", () => {
    expect(personToken(input({ host: "a.example.com" })).host).toBe("a.example.com");
    expect(personToken(input())).not.toHaveProperty("host");
  });

  it("names the binding cookie's hash only where there is one", () => {
    expect(personToken(input({ binding: "h" })).binding).toBe("h");
    expect(personToken(input({ binding: null }))).not.toHaveProperty("binding");
  });
});

describe("other tokens", () => {
  it("a program's has its Client ID, and no person", async () => {
    const made = serviceToken({ ...input(), clientId: "0123.access", secretVersion: 3 });
    const { payload } = await jwtVerify(await signToken(made), jwks, { issuer: ISSUER });
    expect(serviceTokenClaimsSchema.parse(payload)).toEqual(payload);
    expect(payload).toMatchObject({ common_name: "0123.access", sub: "", secret_version: 3 });
    expect(personTokenSchema.safeParse(payload).success).toBe(false);
  });

  it("the global token is for the team domain alone", async () => {
    const made = orgToken(input());
    const { payload } = await jwtVerify(await signToken(made), jwks, { audience: ISSUER });
    expect(orgTokenSchema.parse(payload)).toEqual(payload);
    expect(personTokenSchema.safeParse(payload).success).toBe(false);
  });
});
