import type { KoaContextWithOIDC } from "oidc-provider";
import { CLIENT_SECRET } from "../accounts";
import { answerWith, hang, oauthError } from "./answers";
import { type Fault, type Hook, webPage } from "./fault";

const withoutMember =
  (name: string): Hook =>
  (context) => {
    if (context.status === 200) delete (context.body as Record<string, unknown>)[name];
  };

const verifierOf = (context: KoaContextWithOIDC): unknown => context.oidc.params?.code_verifier;

export const TOKEN_FAULTS: readonly Fault[] = [
  {
    id: "fault-redirect-uri-at-token",
    title: "Sign-in code refused for its redirect URI",
    expect: "The sign-in code was refused: the redirect URI does not match.",
    code: "invalid_grant_redirect",
    hooks: { token: oauthError("invalid_grant", "redirect_uri mismatch") },
  },
  {
    id: "fault-pkce-verifier",
    title: "PKCE proof refused",
    expect: "The sign-in code was refused: the PKCE proof does not match.",
    code: "invalid_grant_pkce",
    remedy: "Turn off PKCE",
    hooks: {
      token: (context, workshop) =>
        verifierOf(context)
          ? oauthError("invalid_grant", "PKCE verification failed")(context, workshop)
          : undefined,
    },
  },
  {
    id: "fault-token-error",
    title: "An OAuth error of the provider's own",
    expect: "The provider refused to issue tokens.",
    code: "token_error",
    hooks: { token: oauthError("consent_needed", "an admin has to approve this app") },
  },
  {
    id: "fault-token-scope",
    title: "Scope refused at the Token URL",
    expect: "A scope is not allowed.",
    code: "invalid_scope",
    hooks: { token: oauthError("invalid_scope", "the scope groups is not allowed") },
  },
  {
    id: "fault-token-bot-check",
    title: "Bot check before the Token URL (403)",
    expect: "A bot check or firewall answered in place of the provider.",
    code: "token_blocked_by_check",
    hooks: {
      token: answerWith(() => ({
        status: 403,
        type: "html",
        body: webPage("Just a moment..."),
        headers: { "cf-mitigated": "challenge", server: "edge" },
      })),
    },
  },
  {
    id: "fault-token-too-often",
    title: "Token URL asked too often (429)",
    expect: "The Token URL is asked too often.",
    code: "token_rate_limited",
    hooks: {
      token: answerWith(() => ({
        status: 429,
        body: { message: "Too Many Requests" },
        headers: { "retry-after": "45" },
      })),
    },
  },
  {
    id: "fault-token-400",
    title: "Token URL answers 400 without a reason",
    expect: "It answered 400 without an OAuth error.",
    code: "token_status",
    hooks: { token: answerWith(() => ({ status: 400, body: { message: "Bad Request" } })) },
  },
  {
    id: "fault-token-text",
    title: "Token URL answers with plain text",
    expect: "The answer is not JSON.",
    code: "token_not_json",
    hooks: { token: answerWith(() => ({ status: 200, type: "text", body: "OK" })) },
  },
  {
    id: "fault-token-incomplete",
    title: "Token answer without an access token",
    expect: "The answer lacks access_token.",
    code: "token_incomplete",
    hooks: { token: withoutMember("access_token") },
  },
  {
    id: "variant-token-type",
    title: "Token answer under the content type text/plain",
    expect: "Passes; the content type is noted.",
    code: "token_content_type",
    hooks: {
      token: (context) => {
        if (context.status !== 200) return;
        context.body = JSON.stringify(context.body);
        context.type = "text";
      },
    },
  },
  {
    id: "fault-invalid-client",
    title: "Client secret refused (401)",
    expect: "App ID or Client secret was not accepted.",
    code: "invalid_client",
    hooks: { token: oauthError("invalid_client", "client authentication failed", 401) },
  },
  {
    id: "fault-invalid-client-challenge",
    title: "Client secret refused with a challenge (401, WWW-Authenticate)",
    expect: "App ID or Client secret was not accepted.",
    code: "invalid_client",
    hooks: {
      token: oauthError("invalid_client", "client authentication failed", 401, {
        "www-authenticate":
          'Basic realm="practice", error="invalid_client", error_description="client authentication failed"',
      }),
    },
  },
  {
    id: "fault-secret-echo",
    title: "Error text that repeats the client secret",
    expect: "App ID or Client secret was not accepted, and the secret is shown nowhere.",
    code: "invalid_client",
    hooks: {
      token: oauthError("invalid_client", `no client has the secret ${CLIENT_SECRET}`, 401),
    },
  },
  {
    id: "fault-invalid-grant",
    title: "Sign-in code refused",
    expect: "The sign-in code was refused.",
    code: "invalid_grant",
    hooks: { token: oauthError("invalid_grant", "the authorization code is not valid") },
  },
  {
    id: "fault-token-html",
    title: "Token URL answers with a web page",
    expect: "The Token URL answered with a web page.",
    code: "token_html",
    hooks: {
      token: answerWith(() => ({ status: 200, type: "html", body: webPage("Welcome back") })),
    },
  },
  {
    id: "fault-token-hang",
    title: "Token URL never answers",
    expect: "The Token URL did not answer in time.",
    code: "token_timeout",
    hooks: { token: hang },
  },
  {
    id: "fault-token-500",
    title: "Token URL fails (500)",
    expect: "The provider had an error of its own.",
    code: "token_server_error",
    hooks: {
      token: answerWith(() => ({ status: 500, body: { message: "Internal Server Error" } })),
    },
  },
  {
    id: "fault-token-truncated",
    title: "Token answer cut off in the middle",
    expect: "The answer of the Token URL cannot be read.",
    code: "token_bad_json",
    hooks: {
      token: answerWith((context) => ({
        status: 200,
        type: "json",
        body: JSON.stringify(context.body).slice(0, -20),
      })),
    },
  },
  {
    id: "fault-token-redirect",
    title: "Token URL sends elsewhere (302)",
    expect: "The Token URL redirects, perhaps for want of a slash at the end.",
    code: "token_redirect",
    hooks: {
      token: answerWith((context) => ({
        status: 302,
        body: "",
        headers: { location: `${context.href}/` },
      })),
    },
  },
  {
    id: "fault-token-huge",
    title: "Token answer of 4 MB",
    expect: "The answer of the Token URL is too large.",
    code: "token_too_large",
    hooks: {
      token: answerWith((context) => ({
        status: 200,
        body: { ...(context.body as object), padding: "x".repeat(4 * 1024 * 1024) },
      })),
    },
  },
];
