import { CompactSign, exportJWK } from "jose";
import { describe, expect, test } from "vitest";
import { type Fault, PLANTED, startTestProvider } from "./provider-for-tests";
import { complete } from "./round-trip";
import {
  attempt,
  callback,
  other,
  policy,
  provider,
  seconds,
  trip,
  useProvider,
} from "./trips-for-tests";

useProvider();

describe("a round trip that works", () => {
  test("passes with five steps, the claims and the identity", async () => {
    const shown: number[] = [];
    const outcome = await trip(
      { claims: { groups: ["eng", "ops"], amr: ["mfa"], name: "Ada", department: "R&D" } },
      {
        connection: { claims: ["department"] },
        context: { onStep: (steps) => shown.push(steps.length) },
      },
    );
    expect(outcome).toMatchObject({
      status: "passed",
      diagnosis: null,
      warnings: [],
      issuer: provider.origin,
    });
    expect(outcome.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      "callback ok",
      "exchange ok",
      "id_token ok",
      "user_info skipped",
      "identity ok",
    ]);
    expect(shown).toEqual([1, 2, 3, 4, 5]);
    expect(outcome.identity).toMatchObject({
      sub: { value: "user-1", claim: "sub" },
      email: { value: "ada@example.com", source: "id_token", claim: "email" },
      groups: { value: ["eng", "ops"] },
      amr: { value: ["mfa"] },
      custom: [{ name: "department", value: "R&D", values: [{ path: "", value: "R&D" }] }],
    });
    expect(outcome.claims?.oidcFields).toEqual({ department: "R&D" });
    expect(outcome.claims?.idTokenHeader).toMatchObject({ alg: "RS256", kid: "key-1" });
  });

  test.each(["RS512", "PS256", "PS384", "ES256", "ES384", "ES512", "EdDSA"])(
    "signed with %s",
    async (alg) => {
      const signer = await startTestProvider(alg);
      signer.nonce = attempt.nonce;
      const outcome = await complete(signer.connection(), policy, attempt, callback(), {
        steps: [],
        advice: {},
      });
      signer.stop();
      expect(outcome).toMatchObject({ status: "passed", diagnosis: null });
    },
  );

  test("several keys without ids are all tried", async () => {
    const bare = async (key: typeof other.publicKey) => ({ ...(await exportJWK(key)), use: "sig" });
    const jwks = {
      body: { keys: [await bare(other.publicKey), await bare(provider.keys.publicKey)] },
    };
    expect(
      (await trip({ jwks, idToken: (claims) => provider.sign(claims, { kid: undefined }) })).status,
    ).toBe("passed");
    expect((await trip({ jwks })).status).toBe("passed");
  });

  test("an encryption key beside the signing key does not get in the way", async () => {
    const jwks = {
      body: { keys: [{ ...(await exportJWK(other.publicKey)), use: "enc" }, provider.jwk] },
    };
    expect((await trip({ jwks })).status).toBe("passed");
  });

  test.each([
    ["client_secret_post", (form: URLSearchParams) => form.get("client_secret") === PLANTED.secret],
    [
      "client_secret_basic",
      (_form: URLSearchParams, auth: string) =>
        Buffer.from(auth.slice(6), "base64")
          .toString()
          .split(":")
          .map((part) => decodeURIComponent(part.replaceAll("+", " ")))
          .join(":") === `app-1:${PLANTED.secret}`,
    ],
    [
      "client_secret_basic_raw",
      (_form: URLSearchParams, auth: string) =>
        Buffer.from(auth.slice(6), "base64").toString() === `app-1:${PLANTED.secret}`,
    ],
    [
      "none",
      (form: URLSearchParams, auth: string) =>
        auth === "" && !form.has("client_secret") && form.get("client_id") === "app-1",
    ],
  ] as const)("the app proves itself by %s", async (tokenAuthMethod, proven) => {
    let seen = false;
    await trip(
      {
        token: (form, headers) => {
          seen = proven(form, headers.authorization ?? "");
          return null;
        },
      },
      { connection: { tokenAuthMethod } },
    );
    expect(seen).toBe(true);
  });

  test("the token request carries the verifier with PKCE and none without", async () => {
    const verifiers: (string | null)[] = [];
    const token: Fault["token"] = (form) => {
      verifiers.push(form.get("code_verifier"));
      return null;
    };
    await trip({ token });
    await trip({ token }, { connection: { pkce: false } });
    expect(verifiers).toEqual([PLANTED.verifier, null]);
  });

  test("a token issued in the future passes with a warning that says by how much", async () => {
    const outcome = await trip({ claims: { iat: seconds() + 100 } });
    expect(outcome).toMatchObject({
      status: "passed_with_warnings",
      warnings: [{ code: "iat_future" }],
    });
    expect(outcome.warnings[0]?.title).toMatch(/^Clocks differ by (9\d|100) s$/);
    expect(outcome.warnings[0]?.facts.map(({ label }) => label)).toContain("Provider's clock");
  });

  test("the engine's own clock can be set, and tokens are judged by it", async () => {
    const outcome = await trip({}, { context: { now: () => Date.now() + 3_600_000 } });
    expect(outcome.diagnosis?.code).toBe("expired");
  });
});
describe("hostile claims", () => {
  test("a missing email names the claims that hold an address, and keeps what was verified", async () => {
    const outcome = await trip({ claims: { email: undefined, upn: "ada@corp.example" } });
    expect(outcome.diagnosis).toMatchObject({ code: "no_email", title: "No email in the answer" });
    expect(outcome.diagnosis?.fixes[0]).toBe("Use upn as Email claim name: it holds an address.");
    expect(outcome).toMatchObject({
      issuer: provider.origin,
      claims: { idTokenPayload: { upn: "ada@corp.example" } },
    });
  });

  test("__proto__, NUL, lone surrogates and echoed secrets do no harm", async () => {
    const payload = `{"iss":"${provider.origin}","aud":"app-1","sub":"user-1","iat":${seconds()},"exp":${seconds() + 300},"nonce":"${attempt.nonce}","email":"ada@example.com","__proto__":{"polluted":true},"deep":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}},"odd\\u0000name":"a\\u0000b\\ud800c","echo":"${PLANTED.accessToken} ${PLANTED.secret}"}`;
    const outcome = await trip({
      idToken: () =>
        new CompactSign(Buffer.from(payload))
          .setProtectedHeader({ alg: "RS256", kid: "key-1" })
          .sign(provider.keys.privateKey),
    });
    expect(outcome.status).toBe("passed");
    expect(Object.prototype).not.toHaveProperty("polluted");
    expect(outcome.claims?.idTokenPayload).toMatchObject({
      "odd\ufffdname": "a\ufffdb\ufffdc",
      echo: "[redacted] [redacted]",
    });
  });
});
