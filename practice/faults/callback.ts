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

export const CALLBACK_FAULTS: readonly Fault[] = [
  {
    id: "fault-access-denied",
    title: "User refused by the provider",
    expect: "Your provider refused this user.",
    hooks: { resume: refuseAtSignIn("access_denied", "The resource owner denied the request.") },
  },
  {
    id: "fault-invalid-scope",
    title: "Scope refused",
    expect: "A scope is not allowed.",
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
    hooks: { resume: onCallback((params) => params.set("iss", "https://other.example.com")) },
  },
];
