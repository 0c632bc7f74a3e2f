import type { KoaContextWithOIDC } from "oidc-provider";
import { CLIENT_SECRET } from "../accounts";
import { type Fault, type Hook, webPage } from "./fault";
import { hang } from "./id-token";

interface Answer {
  status: number;
  body: unknown;
  type?: string;
  headers?: Record<string, string>;
}

/** Answers in place of oidc-provider. */
export const answerWith =
  (make: (context: KoaContextWithOIDC) => Answer): Hook =>
  (context) => {
    const { status, body, type, headers = {} } = make(context);
    context.status = status;
    context.body = body;
    if (type) context.type = type;
    context.set(headers);
  };

const oauthError = (error: string, error_description: string, status = 400, headers = {}): Hook =>
  answerWith(() => ({ status, body: { error, error_description }, headers }));

/** Refuses the client unless its Authorization header is as wanted. */
const acceptOnly =
  (isRight: (authorization: string, clientId: string) => boolean): Hook =>
  (context, workshop) => {
    const clientId = context.oidc.client?.clientId ?? "";
    if (isRight(context.get("authorization"), clientId)) return;
    return oauthError(
      "invalid_client",
      "client authentication method not allowed",
      401,
    )(context, workshop);
  };

const plainBasic = (clientId: string): string =>
  `Basic ${Buffer.from(`${clientId}:${CLIENT_SECRET}`).toString("base64")}`;

export const TOKEN_FAULTS: readonly Fault[] = [
  {
    id: "fault-invalid-client",
    title: "Client secret refused (401)",
    expect: "App ID or Client secret was not accepted.",
    hooks: { token: oauthError("invalid_client", "client authentication failed", 401) },
  },
  {
    id: "fault-invalid-client-challenge",
    title: "Client secret refused with a challenge (401, WWW-Authenticate)",
    expect: "App ID or Client secret was not accepted.",
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
    hooks: {
      token: oauthError("invalid_client", `no client has the secret ${CLIENT_SECRET}`, 401),
    },
  },
  {
    id: "fault-invalid-grant",
    title: "Sign-in code refused",
    expect: "The sign-in code was refused.",
    hooks: { token: oauthError("invalid_grant", "the authorization code is not valid") },
  },
  {
    id: "fault-token-html",
    title: "Token URL answers with a web page",
    expect: "The Token URL answered with a web page.",
    hooks: {
      token: answerWith(() => ({ status: 200, type: "html", body: webPage("Welcome back") })),
    },
  },
  {
    id: "fault-token-hang",
    title: "Token URL never answers",
    expect: "The Token URL did not answer in time.",
    hooks: { token: hang },
  },
  {
    id: "fault-token-500",
    title: "Token URL fails (500)",
    expect: "The provider had an error of its own.",
    hooks: {
      token: answerWith(() => ({ status: 500, body: { message: "Internal Server Error" } })),
    },
  },
  {
    id: "fault-token-truncated",
    title: "Token answer cut off in the middle",
    expect: "The answer of the Token URL cannot be read.",
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
    hooks: {
      token: answerWith((context) => ({
        status: 200,
        body: { ...(context.body as object), padding: "x".repeat(4 * 1024 * 1024) },
      })),
    },
  },
  {
    id: "variant-basic",
    title: "Client secret accepted by Basic only",
    expect: "Passes with token endpoint authentication Basic; refused with POST.",
    hooks: { token: acceptOnly((authorization) => authorization.startsWith("Basic ")) },
  },
  {
    id: "variant-basic-without-encoding",
    title: "Client secret accepted by Basic only, and not percent-encoded",
    expect: "Passes with token endpoint authentication Basic without encoding; refused otherwise.",
    hooks: {
      token: acceptOnly((authorization, clientId) => authorization === plainBasic(clientId)),
    },
  },
  {
    id: "variant-public",
    title: "Public client: no secret, PKCE",
    expect: "Passes with token endpoint authentication None and PKCE on.",
    client: { token_endpoint_auth_method: "none" },
  },
];
