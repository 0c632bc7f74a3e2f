import { describe, expect, test } from "vitest";
import { PLANTED } from "./provider-for-tests";
import type { Connection } from "./schema";
import { attempt, callback, provider, trip, useProvider } from "./trips-for-tests";

useProvider();

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
    { pkce: false },
  ],
  [
    "PKCE is not taken",
    callback({ error: "invalid_request", error_description: "unsupported code_challenge_method" }),
    "pkce_refused",
  ],
  [
    "no iss although the provider always sends it",
    callback(),
    "callback_iss_missing",
    { requireIss: true },
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
  test.each(CALLBACK)("%s", async (_name, query, code, connection = {}) => {
    const outcome = await trip({}, { query, connection });
    expect([outcome.status, outcome.diagnosis?.step, outcome.diagnosis?.code]).toEqual([
      "failed",
      "callback",
      code,
    ]);
    expect(provider.hits).toEqual([]);
  });
});
