import { CompactSign, exportJWK, exportSPKI } from "jose";
import { describe, expect, test } from "vitest";
import { type Fault, PLANTED } from "./provider-for-tests";
import {
  callback,
  encode,
  other,
  provider,
  seconds,
  type Trip,
  trip,
  useProvider,
} from "./trips-for-tests";

useProvider();

const ID_TOKEN: [string, () => Fault | Promise<Fault>, string, Trip?][] = [
  [
    "forged signature",
    () => ({ idToken: (claims) => provider.sign(claims, {}, other) }),
    "bad_signature",
  ],
  [
    "changed payload",
    () => ({
      idToken: async (claims) => {
        const [head, , signature] = (await provider.sign(claims)).split(".");
        return [head, encode({ ...claims, email: "root@example.com" }), signature].join(".");
      },
    }),
    "bad_signature",
  ],
  [
    "alg none",
    () => ({ idToken: (claims) => `${encode({ alg: "none" })}.${encode(claims)}.` }),
    "alg_none",
  ],
  [
    "alg NonE",
    () => ({ idToken: (claims) => `${encode({ alg: "NonE" })}.${encode(claims)}.` }),
    "alg_none",
  ],
  ["no alg", () => ({ idToken: (claims) => `${encode({})}.${encode(claims)}.` }), "alg_none"],
  [
    "HS256 with the public key as its secret",
    async () => {
      const secret = new TextEncoder().encode(await exportSPKI(provider.keys.publicKey));
      return {
        idToken: (claims) =>
          new CompactSign(Buffer.from(JSON.stringify(claims)))
            .setProtectedHeader({ alg: "HS256", kid: "key-1" })
            .sign(secret),
      };
    },
    "alg_symmetric",
  ],
  [
    "HS256 with the client secret",
    () => ({
      idToken: (claims) =>
        new CompactSign(Buffer.from(JSON.stringify(claims)))
          .setProtectedHeader({ alg: "HS256" })
          .sign(Buffer.from(PLANTED.secret)),
    }),
    "alg_symmetric",
  ],
  [
    "an unknown algorithm",
    () => ({ idToken: (claims) => `${encode({ alg: "RS1" })}.${encode(claims)}.c2ln` }),
    "alg_unsupported",
  ],
  [
    "five parts",
    () => ({ idToken: () => `${encode({ alg: "RSA-OAEP", enc: "A256GCM" })}.a.b.c.d` }),
    "id_token_encrypted",
  ],
  ["two parts", () => ({ idToken: () => "a.b" }), "id_token_malformed"],
  [
    "a payload that is no JSON",
    () => ({ idToken: () => `${encode({ alg: "RS256" })}.bm9wZQ.c2ln` }),
    "id_token_malformed",
  ],
  [
    "a payload that is an array",
    () => ({ idToken: () => `${encode({ alg: "RS256" })}.${encode([1])}.c2ln` }),
    "id_token_malformed",
  ],
  [
    "a critical extension",
    () => ({
      idToken: (claims) => `${encode({ alg: "RS256", crit: ["x"], x: 1 })}.${encode(claims)}.c2ln`,
    }),
    "crit_header",
  ],
  [
    "unknown kid",
    () => ({ idToken: (claims) => provider.sign(claims, { kid: "key-9" }) }),
    "kid_unknown",
  ],
  [
    "kid that walks paths",
    () => ({ idToken: (claims) => provider.sign(claims, { kid: "../../../dev/null" }) }),
    "kid_unknown",
  ],
  [
    "kid of another type",
    () => ({ idToken: (claims) => provider.sign(claims, { kid: { a: 1 } }) }),
    "kid_unknown",
  ],
  [
    "a key inside the token",
    async () => ({
      idToken: (claims) =>
        exportJWK(other.publicKey).then((jwk) =>
          provider.sign(claims, { jwk, jku: "http://127.0.0.1:1/jwks" }, other),
        ),
    }),
    "bad_signature",
  ],
  [
    "key of another type",
    () => ({
      jwks: { body: { keys: [{ kty: "EC", crv: "P-256", kid: "key-1", x: "a", y: "b" }] } },
    }),
    "key_unfit",
  ],
  [
    "key that cannot be imported",
    () => ({ jwks: { body: { keys: [{ ...provider.jwk, n: "!!" }] } } }),
    "bad_key",
  ],
  ["no iss", () => ({ claims: { iss: undefined } }), "claim_missing"],
  ["no sub", () => ({ claims: { sub: undefined } }), "sub_missing"],
  ["empty sub", () => ({ claims: { sub: "" } }), "sub_missing"],
  ["no aud", () => ({ claims: { aud: undefined } }), "claim_missing"],
  ["no exp", () => ({ claims: { exp: undefined } }), "claim_missing"],
  ["no iat", () => ({ claims: { iat: undefined } }), "claim_missing"],
  ["no nonce", () => ({ claims: { nonce: undefined } }), "nonce_missing"],
  ["numeric sub", () => ({ claims: { sub: 7 } }), "claim_type"],
  ["null sub", () => ({ claims: { sub: null } }), "claim_type"],
  ["object as aud", () => ({ claims: { aud: { a: 1 } } }), "claim_type"],
  ["text as exp", () => ({ claims: { exp: "tomorrow" } }), "claim_type"],
  ["text as iat", () => ({ claims: { iat: "now" } }), "claim_type"],
  ["text as nbf", () => ({ claims: { nbf: "now" } }), "claim_type"],
  ["list as iss", () => ({ claims: { iss: ["x"] } }), "claim_type"],
  ["text as auth_time", () => ({ claims: { auth_time: "x" } }), "claim_type"],
  ["wrong iss", () => ({ claims: { iss: "https://evil.example" } }), "iss_mismatch"],
  ["wrong aud", () => ({ claims: { aud: "app-2" } }), "aud_mismatch"],
  ["two aud without azp", () => ({ claims: { aud: ["app-1", "app-2"] } }), "azp_mismatch"],
  [
    "two aud with a foreign azp",
    () => ({ claims: { aud: ["app-1", "app-2"], azp: "app-2" } }),
    "azp_mismatch",
  ],
  ["expired", () => ({ claims: { iat: seconds() - 900, exp: seconds() - 600 } }), "expired"],
  [
    "not valid yet",
    () => ({ claims: { iat: seconds() + 600, nbf: seconds() + 600 } }),
    "not_yet_valid",
  ],
  ["an exp beyond any date", () => ({ claims: { exp: -1e300 } }), "expired"],
  ["wrong nonce", () => ({ claims: { nonce: "another" } }), "nonce_mismatch"],
  ["keys 404", () => ({ jwks: { status: 404, body: "" } }), "jwks_not_found"],
  ["keys hang", () => ({ jwks: "hang" }), "jwks_timeout", { context: { timeoutMs: 1000 } }],
];

describe("the ID token is refused with its own diagnosis", () => {
  test.each(ID_TOKEN)("%s", async (_name, fault, code, options) => {
    const outcome = await trip(await fault(), options);
    expect([outcome.status, outcome.diagnosis?.step, outcome.diagnosis?.code]).toEqual([
      "failed",
      "id_token",
      code,
    ]);
    expect([outcome.identity, outcome.claims, outcome.issuer]).toEqual([null, null, null]);
    expect(outcome.steps.at(-1)).toMatchObject({ step: "id_token", status: "failed" });
  });

  test("an issuer that differs by a slash is said to differ by a slash", async () => {
    const outcome = await trip({ claims: { iss: `${provider.origin}/` } });
    expect(outcome.diagnosis).toMatchObject({
      code: "iss_mismatch",
      field: "issuer",
      title: "Issuer differs",
    });
    expect(outcome.diagnosis?.cause).toContain("Only the slash at the end differs.");
  });

  test("the size of a clock difference is in the title", async () => {
    const outcome = await trip({ claims: { iat: seconds() - 4000, exp: seconds() - 3700 } });
    expect(outcome.diagnosis?.title).toMatch(/^Clocks differ by \d+ min$/);
  });
});
describe("with no issuer configured", () => {
  test("the token's own is learnt after its signature held", async () => {
    expect(await trip({}, { connection: { issuer: null } })).toMatchObject({
      status: "passed",
      issuer: provider.origin,
    });
  });

  test("mix-up: an answer in another issuer's name is refused", async () => {
    const outcome = await trip(
      {},
      { connection: { issuer: null }, query: callback({ iss: "https://evil.example" }) },
    );
    expect([outcome.diagnosis?.step, outcome.diagnosis?.code]).toEqual([
      "id_token",
      "callback_iss_mismatch",
    ]);
    expect(outcome.issuer).toBeNull();
  });

  test("a matching iss parameter is fine", async () => {
    expect(
      (await trip({}, { connection: { issuer: null }, query: callback({ iss: provider.origin }) }))
        .status,
    ).toBe("passed");
  });

  test("a forged token teaches nothing", async () => {
    const outcome = await trip(
      { idToken: (claims) => provider.sign(claims, {}, other) },
      { connection: { issuer: null } },
    );
    expect(outcome.issuer).toBeNull();
  });
});
