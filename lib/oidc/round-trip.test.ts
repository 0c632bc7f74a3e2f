import { CompactSign, exportJWK, exportSPKI, generateKeyPair } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Fault, PLANTED, startTestProvider, type TestProvider } from "./provider-for-tests";
import { complete, prepare, type RoundTripContext } from "./round-trip";
import { type Connection, type Outcome, outcomeSchema } from "./schema";

const policy = { allow: ["127.0.0.0/8"] };
const attempt = {
  state: "planted-state-0123456789",
  nonce: "nonce-0123456789",
  codeVerifier: PLANTED.verifier,
  redirectUri: "https://acme.example.com/cdn-cgi/access/callback",
};
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const seconds = () => Math.floor(Date.now() / 1000);

let provider: TestProvider;
let other: Awaited<ReturnType<typeof generateKeyPair>>;
beforeAll(async () => {
  provider = await startTestProvider();
  other = await generateKeyPair("RS256", { extractable: true });
});
afterAll(() => provider.stop());
beforeEach(() => {
  provider.fault = {};
  provider.nonce = attempt.nonce;
  provider.hits.length = 0;
});

const callback = (changes: Record<string, string> = {}) =>
  new URLSearchParams({ code: PLANTED.code, state: attempt.state, ...changes });

interface Trip {
  connection?: Partial<Connection>;
  query?: URLSearchParams;
  context?: Partial<RoundTripContext>;
}
async function trip(fault: Fault, { connection, query, context }: Trip = {}): Promise<Outcome> {
  provider.fault = fault;
  const outcome = await complete(
    provider.connection(connection),
    policy,
    attempt,
    query ?? callback(),
    { steps: [], advice: {}, timeoutMs: 2000, ...context },
  );
  expectSound(outcome);
  return outcome;
}

/** True of every outcome, however it came about. */
function expectSound(outcome: Outcome): void {
  const text = JSON.stringify(outcome);
  expect(outcomeSchema.parse(JSON.parse(text))).toEqual(outcome);
  for (const planted of [...Object.values(PLANTED), attempt.state]) {
    expect(text).not.toContain(planted);
    expect(text).not.toContain(encodeURIComponent(planted));
    expect(text).not.toContain(new URLSearchParams({ v: planted }).toString().slice(2));
    expect(text).not.toContain(Buffer.from(`app-1:${planted}`).toString("base64"));
  }
  expect(text).not.toMatch(/undefined|\[object Object\]|\\u0000/);
  for (const diagnosis of [
    ...outcome.warnings,
    ...(outcome.diagnosis ? [outcome.diagnosis] : []),
  ]) {
    expect(diagnosis.fixes.length).toBeGreaterThan(0);
    expect(diagnosis.cause).toMatch(/\.$/);
    expect(`${diagnosis.title}${diagnosis.cause}${diagnosis.fixes.join("")}`).not.toMatch(
      /\{[A-Z]/,
    );
  }
}

const replaying = (body: string, type = "text/html", status = 200): Fault => ({
  token: () => ({ body, type, status }),
});
const oauthError = (error: string, description = "", status = 400, headers = {}): Fault => ({
  token: () => ({ status, headers, body: { error, error_description: description } }),
});
/** Repeats everything it was sent, as a careless provider's debug page does. */
const echo: Fault = {
  token: (form, headers) => ({
    type: "text/html",
    body: `<html><body>${form} ${[...form.values()].join(" ")} ${headers.authorization ?? ""}</body></html>`,
  }),
};

const EXCHANGE: [string, Fault, string, Trip?][] = [
  ["wrong secret", oauthError("invalid_client", "nope", 401), "invalid_client"],
  [
    "wrong secret with WWW-Authenticate",
    oauthError("invalid_client", "nope", 401, { "www-authenticate": 'Basic realm="x"' }),
    "invalid_client",
  ],
  [
    "401 without any error body",
    {
      token: () => ({
        status: 401,
        headers: { "www-authenticate": "Basic" },
        body: "",
        type: "text/plain",
      }),
    },
    "invalid_client",
  ],
  ["unauthorized_client", oauthError("unauthorized_client"), "invalid_client"],
  ["expired code", oauthError("invalid_grant", "code expired"), "invalid_grant"],
  ["code that another says is invalid", oauthError("invalid_code", "", 403), "invalid_grant"],
  [
    "redirect URI mismatch",
    oauthError("invalid_grant", "redirect_uri did not match"),
    "invalid_grant_redirect",
  ],
  ["PKCE mismatch", oauthError("invalid_grant", "PKCE verification failed"), "invalid_grant_pkce"],
  ["PKCE required", oauthError("invalid_request", "code_verifier is required"), "pkce_required"],
  ["scope refused", oauthError("invalid_scope"), "invalid_scope"],
  ["an error of its own", oauthError("consent_needed", "ask your admin"), "token_error"],
  [
    "an error with status 200",
    { token: () => ({ body: { error: "invalid_grant" } }) },
    "invalid_grant",
  ],
  [
    "redirect",
    {
      token: () => ({
        status: 302,
        headers: { location: `/token/?code=${PLANTED.code}` },
        body: "",
      }),
    },
    "token_redirect",
  ],
  ["404 HTML", replaying("<html>", "text/html", 404), "token_not_found"],
  ["405", replaying("", "text/plain", 405), "token_not_found"],
  [
    "404 JSON of a framework",
    { token: () => ({ status: 404, body: { status: 404, error: "Not Found" } }) },
    "token_not_found",
  ],
  [
    "500 JSON without error",
    { token: () => ({ status: 500, body: { message: "boom" } }) },
    "token_server_error",
  ],
  [
    "403 bot check",
    replaying("<!DOCTYPE html>checking your browser", "text/html", 403),
    "token_html",
  ],
  ["429", { token: () => ({ status: 429, body: {} }) }, "token_status"],
  ["HTML with 200", replaying("<html><body>Sign in</body></html>"), "token_html"],
  ["a page that repeats the request", echo, "token_html"],
  [
    "a page that repeats the request, Basic",
    echo,
    "token_html",
    { connection: { tokenAuthMethod: "client_secret_basic" } },
  ],
  [
    "a page that repeats the request, raw Basic",
    echo,
    "token_html",
    { connection: { tokenAuthMethod: "client_secret_basic_raw" } },
  ],
  ["plain text", replaying("hello", "text/plain"), "token_not_json"],
  [
    "truncated JSON",
    replaying(`{"access_token":"${PLANTED.accessToken}`, "application/json"),
    "token_bad_json",
  ],
  ["an array", { token: () => ({ body: [PLANTED.accessToken] }) }, "token_bad_json"],
  [
    "JSON nested 5000 deep",
    replaying(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`, "application/json"),
    "token_bad_json",
  ],
  ["an empty answer", replaying("", "application/json"), "token_bad_json"],
  ["too large", replaying("x".repeat(600_000), "application/json"), "token_too_large"],
  ["no answer", { token: () => "hang" }, "token_timeout", { context: { timeoutMs: 60 } }],
  [
    "no answer until the total is up",
    { token: () => "hang" },
    "took_too_long",
    { context: { totalMs: 60 } },
  ],
  ["no ID token", { tokenBody: { id_token: null } }, "no_id_token"],
  ["no access token", { tokenBody: { access_token: null } }, "token_incomplete"],
  ["no token type", { tokenBody: { token_type: null } }, "token_incomplete"],
  ["an unknown token type", { tokenBody: { token_type: "mac" } }, "token_incomplete"],
  ["an ID token that is a number", { tokenBody: { id_token: 7 } }, "id_token_malformed"],
  [
    "a closed port",
    {},
    "token_refused",
    { connection: { tokenUrl: "http://127.0.0.1:1025/token" } },
  ],
  ["TLS on a plain port", {}, "token_tls_protocol", { connection: { tokenUrl: "TLS" } }],
  [
    "a private address",
    {},
    "token_blocked",
    { connection: { tokenUrl: "https://10.0.0.1/token" } },
  ],
  [
    "the metadata address",
    {},
    "token_blocked",
    { connection: { tokenUrl: "https://169.254.169.254/token" } },
  ],
];

describe("exchange fails with its own diagnosis", () => {
  test.each(EXCHANGE)("%s", async (_name, fault, code, options = {}) => {
    if (options.connection?.tokenUrl === "TLS") {
      options.connection.tokenUrl = `${provider.origin.replace("http", "https")}/token`;
    }
    const outcome = await trip(fault, options);
    expect([outcome.status, outcome.diagnosis?.step, outcome.diagnosis?.code]).toEqual([
      "failed",
      "exchange",
      code,
    ]);
    expect(outcome.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      "callback ok",
      "exchange failed",
    ]);
    expect([outcome.identity, outcome.claims, outcome.issuer]).toEqual([null, null, null]);
    expect(outcome.steps[1]?.exchanges.length).toBeGreaterThan(0);
  });
});

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
  ["no sub", () => ({ claims: { sub: undefined } }), "claim_missing"],
  ["empty sub", () => ({ claims: { sub: "" } }), "claim_missing"],
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
  ["two aud without azp", () => ({ claims: { aud: ["app-1", "app-2"] } }), "aud_mismatch"],
  [
    "two aud with a foreign azp",
    () => ({ claims: { aud: ["app-1", "app-2"], azp: "app-2" } }),
    "aud_mismatch",
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
  ["keys hang", () => ({ jwks: "hang" }), "jwks_timeout", { context: { timeoutMs: 60 } }],
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

const CALLBACK: [string, URLSearchParams, string, Partial<Connection>?][] = [
  [
    "access denied",
    callback({ error: "access_denied", error_description: "User is not assigned" }),
    "access_denied",
  ],
  ["invalid scope", callback({ error: "invalid_scope" }), "invalid_scope"],
  [
    "PKCE required",
    callback({ error: "invalid_request", error_description: "code_challenge is required" }),
    "pkce_required",
  ],
  ["invalid request", callback({ error: "invalid_request" }), "invalid_request"],
  ["unauthorized client", callback({ error: "unauthorized_client" }), "unauthorized_client"],
  [
    "unsupported response type",
    callback({ error: "unsupported_response_type" }),
    "unsupported_response_type",
  ],
  ["prompt none needs a login", callback({ error: "login_required" }), "login_required"],
  ["provider is down", callback({ error: "temporarily_unavailable" }), "provider_error"],
  [
    "an error of its own",
    callback({ error: "whatever", error_description: "x".repeat(5000) }),
    "callback_error",
  ],
  ["an error named like a member of Object", callback({ error: "constructor" }), "callback_error"],
  [
    "an error without state",
    new URLSearchParams({ error: "access_denied" }),
    "callback_error_unverified",
  ],
  ["no state", new URLSearchParams({ code: PLANTED.code }), "state_missing"],
  ["another state", callback({ state: "another" }), "state_mismatch"],
  ["empty state", callback({ state: "" }), "state_mismatch"],
  ["state twice", new URLSearchParams(`${callback()}&state=again`), "callback_duplicate"],
  ["code twice", new URLSearchParams(`${callback()}&code=again`), "callback_duplicate"],
  ["no code", new URLSearchParams({ state: attempt.state }), "no_code"],
  ["empty code", callback({ code: "" }), "no_code"],
  [
    "mix-up: another issuer answers",
    callback({ iss: "https://evil.example" }),
    "callback_iss_mismatch",
  ],
  ["implicit answer", callback({ id_token: "a.b.c" }), "response_mode"],
  ["JARM answer", callback({ response: "a.b.c" }), "response_mode"],
];

describe("the callback is refused with its own diagnosis, and nothing is asked of the provider", () => {
  test.each(CALLBACK)("%s", async (_name, query, code) => {
    const outcome = await trip({}, { query });
    expect([outcome.status, outcome.diagnosis?.step, outcome.diagnosis?.code]).toEqual([
      "failed",
      "callback",
      code,
    ]);
    expect(provider.hits).toEqual([]);
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

describe("user info", () => {
  const asking = (changes: Partial<Connection> = {}): Trip => ({
    connection: { userinfoUrl: `${provider.origin}/userinfo`, ...changes },
  });
  const noEmail = { email: undefined };
  const userInfo = (body: unknown, reply = {}) => ({
    claims: noEmail,
    userInfo: { body, ...reply },
  });

  test("is not asked when the ID token has everything", async () => {
    expect((await trip({}, asking())).status).toBe("passed");
    expect(provider.hits).not.toContain("/userinfo");
  });

  test("fills in an email and a claim that the ID token lacks, and says where they came from", async () => {
    const outcome = await trip(
      userInfo({ sub: "user-1", email: "ada@example.com", dept: "R&D" }),
      asking({ claims: ["dept"] }),
    );
    expect(outcome).toMatchObject({
      status: "passed",
      identity: { email: { source: "user_info" }, custom: [{ name: "dept", source: "user_info" }] },
    });
  });

  test("token substitution: user info about another subject is ignored", async () => {
    const outcome = await trip(userInfo({ sub: "user-2", email: "root@example.com" }), asking());
    expect(outcome.diagnosis?.code).toBe("no_email");
    expect(outcome.warnings.map(({ code }) => code)).toContain("userinfo_sub_mismatch");
    expect(JSON.stringify([outcome.identity, outcome.claims])).not.toContain("root@example.com");
  });

  test.each([
    ["without sub", { body: { email: "a@b.c" } }, "userinfo_sub_mismatch"],
    [
      "401",
      { status: 401, headers: { "www-authenticate": "Bearer" }, body: "" },
      "userinfo_refused",
    ],
    ["500", { status: 500, body: "" }, "userinfo_status"],
    ["HTML", { type: "text/html", body: "<html>" }, "userinfo_not_json"],
    [
      "unsigned JWT",
      {
        type: "application/jwt",
        body: `${encode({ alg: "none" })}.${encode({ sub: "user-1", email: "a@b.c" })}.`,
      },
      "userinfo_bad_jwt",
    ],
    ["hang", "hang", "userinfo_timeout"],
  ] as const)(
    "%s is a warning, and the missing email is the failure",
    async (_name, reply, code) => {
      const outcome = await trip(
        { claims: noEmail, userInfo: reply },
        { ...asking(), context: { timeoutMs: 200 } },
      );
      expect(outcome.warnings.map((warning) => warning.code)).toEqual([code]);
      expect(outcome.diagnosis).toMatchObject({
        code: "no_email",
        step: "identity",
        field: "email_claim_name",
      });
    },
  );

  test("a signed JWT is verified and used", async () => {
    const jwt = await provider.sign({
      iss: provider.origin,
      aud: "app-1",
      sub: "user-1",
      email: "ada@example.com",
    });
    const outcome = await trip(userInfo(jwt, { type: "application/jwt" }), asking());
    expect(outcome).toMatchObject({
      status: "passed",
      identity: { email: { source: "user_info" } },
    });
  });

  test("failing does not fail a person whose ID token is complete but for a custom claim", async () => {
    const outcome = await trip(
      { userInfo: { status: 500, body: "" } },
      asking({ claims: ["dept"] }),
    );
    expect(outcome.status).toBe("passed_with_warnings");
    expect(outcome.warnings.map(({ code }) => code)).toEqual(["userinfo_status", "claims_missing"]);
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

describe("prepare", () => {
  const prepared = async (
    fault: Fault,
    connection: Partial<Connection> = {},
    context: Partial<RoundTripContext> = {},
  ) => {
    provider.fault = fault;
    const result = await prepare(provider.connection(connection), policy, attempt, {
      steps: [],
      advice: {},
      timeoutMs: 2000,
      ...context,
    });
    const text = JSON.stringify([result.steps, result.diagnosis]);
    for (const planted of [...Object.values(PLANTED), attempt.state])
      expect(text).not.toContain(planted);
    expect(text).not.toMatch(/undefined|\[object Object\]/);
    return result;
  };

  test("makes the authorization URL and three steps", async () => {
    const { steps, url, diagnosis } = await prepared(
      {},
      { prompt: "login", authUrl: `${provider.origin}/authorize?tenant=7` },
    );
    expect(diagnosis).toBeNull();
    expect(steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      "configuration ok",
      "keys ok",
      "authorize ok",
    ]);
    expect(steps[1]?.summary).toBe("1 signing key: RS256");
    expect(Object.fromEntries(new URL(url ?? "").searchParams)).toEqual({
      tenant: "7",
      response_type: "code",
      client_id: "app-1",
      redirect_uri: attempt.redirectUri,
      scope: "openid email profile",
      state: attempt.state,
      nonce: attempt.nonce,
      prompt: "login",
      code_challenge: Buffer.from(
        await crypto.subtle.digest("SHA-256", Buffer.from(PLANTED.verifier)),
      ).toString("base64url"),
      code_challenge_method: "S256",
    });
  });

  test("sends no challenge without PKCE", async () => {
    expect((await prepared({}, { pkce: false })).url).not.toContain("code_challenge");
  });

  test.each<[string, Fault, Partial<Connection>, string, string]>([
    ["an address that is no URL", {}, { authUrl: "idp.example" }, "bad_url", "auth_url"],
    ["an address with a script", {}, { authUrl: "javascript:alert(1)" }, "bad_url", "auth_url"],
    [
      "http to a host that is not allowed",
      {},
      { tokenUrl: "http://93.184.216.34/token" },
      "plain_http",
      "token_url",
    ],
    ["no secret", {}, { clientSecret: null }, "no_client_secret", "client_secret"],
    ["keys 404", { jwks: { status: 404, body: "" } }, {}, "jwks_not_found", "certs_url"],
    ["keys 500", { jwks: { status: 500, body: "" } }, {}, "jwks_server_error", "certs_url"],
    ["keys 403", { jwks: { status: 403, body: "" } }, {}, "jwks_status", "certs_url"],
    [
      "keys elsewhere",
      { jwks: { status: 301, headers: { location: "/jwks/" }, body: "" } },
      {},
      "jwks_redirect",
      "certs_url",
    ],
    [
      "keys HTML",
      { jwks: { type: "text/html", body: "<!doctype html>" } },
      {},
      "jwks_html",
      "certs_url",
    ],
    [
      "keys PEM",
      { jwks: { body: "-----BEGIN CERTIFICATE-----" } },
      {},
      "jwks_not_json",
      "certs_url",
    ],
    ["keys {}", { jwks: { body: {} } }, {}, "jwks_empty", "certs_url"],
    ["keys []", { jwks: { body: { keys: [] } } }, {}, "jwks_empty", "certs_url"],
    ["other JSON", { jwks: { body: { hello: 1 } } }, {}, "jwks_not_keys", "certs_url"],
    [
      "keys of a wrong type",
      { jwks: { body: { keys: { a: 1 } } } },
      {},
      "jwks_not_keys",
      "certs_url",
    ],
    [
      "discovery document",
      { jwks: { body: { issuer: "x", jwks_uri: "https://idp.example/jwks" } } },
      {},
      "jwks_is_discovery",
      "certs_url",
    ],
    [
      "only encryption keys",
      { jwks: { body: { keys: [{ kty: "RSA", use: "enc", n: "a", e: "AQAB" }] } } },
      {},
      "jwks_no_signing_keys",
      "certs_url",
    ],
    [
      "only symmetric keys",
      { jwks: { body: { keys: [{ kty: "oct", k: PLANTED.secret }] } } },
      {},
      "jwks_no_signing_keys",
      "certs_url",
    ],
    [
      "keys on a private address",
      {},
      { certsUrl: "https://192.168.7.7/jwks" },
      "jwks_blocked",
      "certs_url",
    ],
    [
      "keys at a closed port",
      {},
      { certsUrl: "http://127.0.0.1:1025/" },
      "jwks_refused",
      "certs_url",
    ],
  ])("%s: no browser is sent anywhere", async (_name, fault, connection, code, field) => {
    const { url, diagnosis, steps } = await prepared(fault, connection);
    expect(url).toBeNull();
    expect(diagnosis).toMatchObject({ code, field });
    expect(steps.at(-1)?.status).toBe("failed");
  });

  test("the connector's advice comes first", async () => {
    const advice = { jwks_empty: ["Select a Signing Key."] };
    const { diagnosis } = await prepared({ jwks: { body: {} } }, {}, { advice });
    expect(diagnosis?.fixes[0]).toBe("Select a Signing Key.");
    expect(diagnosis?.fixes.length).toBeGreaterThan(1);
  });
});

describe("after a refused client secret", () => {
  const onlyBasic: Fault["token"] = (form, headers) => {
    const ok =
      headers.authorization ===
      `Basic ${Buffer.from(`app-1:${PLANTED.secret}`).toString("base64")}`;
    if (!ok) return { status: 401, body: { error: "invalid_client" } };
    return form.get("code") === PLANTED.code
      ? null
      : { status: 400, body: { error: "invalid_grant" } };
  };

  test("the way that the provider does accept is found and named", async () => {
    const outcome = await trip({ token: onlyBasic });
    expect(outcome.diagnosis?.fixes[0]).toBe(
      "Set Token endpoint authentication to Basic without encoding: the provider accepted the App ID and the Client secret that way.",
    );
  });

  test("a provider that looks at the code first is not believed", async () => {
    const outcome = await trip({
      token: (form) =>
        form.get("code") === PLANTED.code
          ? { status: 401, body: { error: "invalid_client" } }
          : { status: 400, body: { error: "invalid_grant" } },
    });
    expect(outcome.diagnosis?.code).toBe("invalid_client");
    expect(outcome.diagnosis?.fixes.join()).not.toContain("accepted the App ID");
  });
});
