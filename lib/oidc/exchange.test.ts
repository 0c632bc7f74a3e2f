import { describe, expect, test } from "vitest";
import { type Fault, PLANTED } from "./provider-for-tests";
import { provider, type Trip, trip, useProvider } from "./trips-for-tests";

useProvider();

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
  [
    "PKCE required",
    oauthError("invalid_request", "code_verifier is required"),
    "pkce_required",
    { connection: { pkce: false } },
  ],
  ["PKCE not taken", oauthError("invalid_request", "unknown code_verifier"), "pkce_refused"],
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
    "token_blocked_by_check",
  ],
  [
    "202 with a challenge in its headers",
    { token: () => ({ status: 202, headers: { "x-amzn-waf-action": "challenge" }, body: "" }) },
    "token_blocked_by_check",
  ],
  ["403 page of the provider", replaying("<html>Forbidden", "text/html", 403), "token_html"],
  ["429", { token: () => ({ status: 429, body: { error: "slow_down" } }) }, "token_rate_limited"],
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
    expect(outcome.diagnosis).toMatchObject({
      code: "invalid_client_method",
      field: "token_auth_method",
      cause: expect.stringContaining("accepts them sent as Basic without encoding"),
    });
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
