import { CLIENT_SECRET } from "../accounts";
import { oauthError } from "./answers";
import type { Fault, Hook } from "./fault";

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

/** Clients that the provider knows by one way of authentication only. */
export const CLIENT_AUTH_VARIANTS: readonly Fault[] = [
  {
    id: "variant-basic",
    title: "Client secret accepted by Basic only",
    expect: "Passes with token endpoint authentication Basic; refused with POST.",
    code: "invalid_client_method",
    remedy: "Set Token endpoint authentication to Basic",
    hooks: { token: acceptOnly((authorization) => authorization.startsWith("Basic ")) },
  },
  {
    id: "variant-basic-without-encoding",
    title: "Client secret accepted by Basic only, and not percent-encoded",
    expect: "Passes with token endpoint authentication Basic without encoding; refused otherwise.",
    code: "invalid_client_method",
    remedy: "Set Token endpoint authentication to Basic without encoding",
    hooks: {
      token: acceptOnly((authorization, clientId) => authorization === plainBasic(clientId)),
    },
  },
  {
    id: "variant-public",
    title: "Public client: no secret, PKCE",
    expect: "Passes with token endpoint authentication None and PKCE on.",
    code: null,
    setup: { token_auth_method: "none", client_secret: "" },
    client: { token_endpoint_auth_method: "none" },
  },
];
