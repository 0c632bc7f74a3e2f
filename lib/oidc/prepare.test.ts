import { describe, expect, test } from "vitest";
import { startServer } from "@/lib/outbound/tls-for-tests";
import { type Fault, PLANTED } from "./provider-for-tests";
import { prepare, type RoundTripContext } from "./round-trip";
import type { Connection } from "./schema";
import { attempt, policy, provider, useProvider } from "./trips-for-tests";

useProvider();

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

  test.each([
    ["https", "jwks_tls_untrusted", /certificate .* is not trusted/, "tls_ca"],
    ["http", "jwks_tls_protocol", /does not speak TLS/, "certs_url"],
  ] as const)("names what is wrong with TLS: %s server", async (scheme, code, cause, field) => {
    const server = await startServer(scheme);
    const { diagnosis } = await prepared({}, { certsUrl: `https://127.0.0.1:${server.port}/` });
    server.stop();
    expect(diagnosis).toMatchObject({
      code,
      step: "keys",
      field,
      cause: expect.stringMatching(cause),
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
      "jwks_certificates",
      "certs_url",
    ],
    [
      "certificates by key ID",
      { jwks: { body: { abc: "-----BEGIN CERTIFICATE-----" } } },
      {},
      "jwks_certificates",
      "certs_url",
    ],
    ["keys as plain text", { jwks: { body: "hello" } }, {}, "jwks_not_json", "certs_url"],
    ["keys 429", { jwks: { status: 429, body: "" } }, {}, "jwks_rate_limited", "certs_url"],
    [
      "keys behind a bot check",
      { jwks: { status: 403, headers: { "cf-mitigated": "challenge" }, body: "" } },
      {},
      "jwks_blocked_by_check",
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
