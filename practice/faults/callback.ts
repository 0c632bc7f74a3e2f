import type { KoaContextWithOIDC } from "oidc-provider";
import type { Fault, Hook } from "./fault";

/** The redirect back to the client that oidc-provider has prepared, or null for any other answer. */
function preparedCallback(context: KoaContextWithOIDC): URL | null {
  const location = context.response.get("location");
  const redirectUri = context.oidc.params?.redirect_uri;
  return typeof redirectUri === "string" && location.startsWith(redirectUri)
    ? new URL(location)
    : null;
}

/** Changes the parameters that the browser takes back to the client. */
export const onCallback =
  (change: (params: URLSearchParams, context: KoaContextWithOIDC) => void): Hook =>
  (context) => {
    const callback = preparedCallback(context);
    if (!callback) return;
    change(callback.searchParams, context);
    context.redirect(callback.href);
  };

function becomeError(params: URLSearchParams, error: string, description: string): void {
  params.delete("code");
  params.set("error", error);
  params.set("error_description", description);
}

/** Refuses after the sign-in form. */
export const refuseAtSignIn = (error: string, description: string): Hook =>
  onCallback((params) => becomeError(params, error, description));

/** Refuses the request itself, once oidc-provider has checked the client and its redirect URI. */
export const refuseRequest =
  (error: string, description: string, when: (query: URLSearchParams) => boolean): Hook =>
  (context, { issuer }) => {
    const params = context.oidc.params ?? {};
    const { redirect_uri, state } = params;
    const accepted = context.status >= 300 && context.status < 400;
    // Of a pushed request, the URL has a reference only.
    const asked = Object.entries(params).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    if (!accepted || typeof redirect_uri !== "string" || !when(new URLSearchParams(asked))) return;
    const callback = new URL(redirect_uri);
    if (typeof state === "string") callback.searchParams.set("state", state);
    callback.searchParams.set("iss", issuer);
    becomeError(callback.searchParams, error, description);
    context.redirect(callback.href);
  };

/** Answers any request with an error, in the provider's own words. */
const refusing = (
  id: string,
  title: string,
  expect: string,
  code: NonNullable<Fault["code"]>,
  [error, description]: readonly [string, string],
): Fault => ({
  id,
  title,
  expect,
  code,
  hooks: { authorization: refuseRequest(error, description, () => true) },
});

const REFUSALS: readonly Fault[] = [
  refusing(
    "fault-unauthorized-client",
    "App that may not sign people in",
    "This app may not sign people in.",
    "unauthorized_client",
    ["unauthorized_client", "The client is not allowed to use the authorization code flow."],
  ),
  refusing(
    "fault-response-type",
    "Authorization code flow not offered",
    "The provider does not offer the authorization code flow.",
    "unsupported_response_type",
    ["unsupported_response_type", "response_type code is not enabled."],
  ),
  refusing(
    "fault-invalid-request",
    "Request that the provider does not understand",
    "The provider did not understand the request.",
    "invalid_request",
    ["invalid_request", "Something is wrong with the request."],
  ),
  refusing(
    "fault-provider-busy",
    "Provider that is not available at the moment",
    "Your provider has a problem of its own.",
    "provider_error",
    ["temporarily_unavailable", "Maintenance until noon."],
  ),
  refusing(
    "fault-own-error",
    "An error of the provider's own",
    "Your provider came back with an error.",
    "callback_error",
    ["device_not_managed", "Sign in from a managed device."],
  ),
];

export const CALLBACK_FAULTS: readonly Fault[] = [
  ...REFUSALS,
  {
    id: "fault-odd-scope",
    title: "One scope that is not allowed",
    expect: "A scope is not allowed; the button removes it.",
    code: "invalid_scope",
    remedy: "Remove the scope groups",
    hooks: {
      authorization: refuseRequest(
        "invalid_scope",
        "The scope 'groups' is not allowed for this client.",
        (query) => query.get("scope")?.split(" ").includes("groups") ?? false,
      ),
    },
  },
  {
    id: "fault-refuses-pkce",
    title: "PKCE refused",
    expect: "The provider refused PKCE; the button turns it off.",
    code: "pkce_refused",
    remedy: "Turn off PKCE",
    hooks: {
      authorization: refuseRequest(
        "invalid_request",
        "Unsupported parameter: code_challenge",
        (query) => query.has("code_challenge"),
      ),
    },
  },
  {
    id: "fault-prompt",
    title: "Prompt that cannot be met",
    expect: "The provider wanted to ask the user something; the button sets Prompt back.",
    code: "login_required",
    remedy: "Set Prompt to its default",
    setup: { prompt: "login" },
    hooks: {
      authorization: refuseRequest("interaction_required", "Prompt is not supported.", (query) =>
        query.has("prompt"),
      ),
    },
  },
  {
    id: "fault-no-iss-parameter",
    title: "Callback that does not name the issuer, although discovery promises it",
    expect: "The answer does not say who it comes from.",
    code: "callback_iss_missing",
    hooks: { resume: onCallback((params) => params.delete("iss")) },
  },
  {
    id: "fault-code-twice",
    title: "Callback with two codes",
    expect: "The answer of the provider is ambiguous.",
    code: "callback_duplicate",
    hooks: { resume: onCallback((params) => params.append("code", "another-code")) },
  },
  {
    id: "fault-implicit",
    title: "Callback with a token in place of a code",
    expect: "The provider answered in a form that Gatehouse does not read.",
    code: "response_mode",
    hooks: {
      resume: onCallback((params) => {
        params.delete("code");
        params.set("id_token", "header.payload.signature");
      }),
    },
  },
  {
    id: "fault-access-denied",
    title: "User refused by the provider",
    expect: "Your provider refused this user.",
    code: "access_denied",
    hooks: { resume: refuseAtSignIn("access_denied", "The resource owner denied the request.") },
  },
  {
    id: "fault-invalid-scope",
    title: "Scope refused",
    expect: "A scope is not allowed.",
    code: "invalid_scope",
    hooks: {
      authorization: refuseRequest(
        "invalid_scope",
        "One or more scopes are not configured for this client.",
        () => true,
      ),
    },
  },
  {
    id: "fault-requires-pkce",
    title: "PKCE required",
    expect: "Provider requires PKCE (with PKCE off); passes with PKCE on.",
    code: "pkce_required",
    remedy: "Turn on PKCE",
    setup: { pkce_enabled: false },
    hooks: {
      authorization: refuseRequest(
        "invalid_request",
        "Missing parameter: code_challenge",
        (query) => !query.has("code_challenge"),
      ),
    },
  },
  {
    id: "fault-no-code",
    title: "Callback without a code",
    expect: "The provider sent no sign-in code.",
    code: "no_code",
    hooks: { resume: onCallback((params) => params.delete("code")) },
  },
  {
    id: "fault-no-state",
    title: "Callback without the state",
    expect: "The state is missing.",
    hooks: { resume: onCallback((params) => params.delete("state")) },
  },
  {
    id: "fault-wrong-state",
    title: "Callback with another state",
    expect: "The state does not match.",
    hooks: { resume: onCallback((params) => params.set("state", "from-another-sign-in")) },
  },
  {
    id: "fault-error-without-state",
    title: "Error without the state",
    expect: "The provider's own error is shown, marked as unverified.",
    hooks: {
      resume: onCallback((params) => {
        becomeError(params, "server_error", "The provider failed before it read the request.");
        params.delete("state");
      }),
    },
  },
  {
    id: "fault-wrong-iss-parameter",
    title: "Callback that names another issuer",
    expect: "Another provider answered (mix-up).",
    code: "callback_iss_mismatch",
    hooks: { resume: onCallback((params) => params.set("iss", "https://other.example.com")) },
  },
];
