import type { Fixture } from "../definition";

const ORIGIN = "https://acme.eu.auth0.com";

export const fixture: Fixture = {
  config: {
    auth0_domain: "acme.eu.auth0.com",
    client_id: "auth0-client",
    client_secret: "s3cret-of-the-fixture",
    pkce_enabled: true,
    claims: ["https://acme.com/roles"],
  },
  derived: {
    auth0_domain: ORIGIN,
    auth_url: `${ORIGIN}/authorize`,
    token_url: `${ORIGIN}/oauth/token`,
    certs_url: `${ORIGIN}/.well-known/jwks.json`,
    userinfo_url: `${ORIGIN}/userinfo`,
    issuer: `${ORIGIN}/`,
  },
  discoveryUrl: `${ORIGIN}/.well-known/openid-configuration`,
  connection: {
    clientId: "auth0-client",
    authUrl: `${ORIGIN}/authorize`,
    tokenUrl: `${ORIGIN}/oauth/token`,
    certsUrl: `${ORIGIN}/.well-known/jwks.json`,
    userinfoUrl: `${ORIGIN}/userinfo`,
    issuer: `${ORIGIN}/`,
    discoveryUrl: `${ORIGIN}/.well-known/openid-configuration`,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    claims: ["https://acme.com/roles"],
  },
};
