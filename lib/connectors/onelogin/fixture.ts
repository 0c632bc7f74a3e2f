import type { Fixture } from "../definition";

const ISSUER = "https://acme.onelogin.com/oidc/2";

export const fixture: Fixture = {
  config: {
    client_id: "onelogin-client",
    client_secret: "s3cret-of-the-fixture",
    onelogin_account: "acme",
  },
  derived: { onelogin_account: "https://acme.onelogin.com" },
  discoveryUrl: `${ISSUER}/.well-known/openid-configuration`,
  connection: {
    tokenAuthMethod: "client_secret_basic",
    clientId: "onelogin-client",
    authUrl: `${ISSUER}/auth`,
    tokenUrl: `${ISSUER}/token`,
    certsUrl: `${ISSUER}/certs`,
    userinfoUrl: `${ISSUER}/me`,
    issuer: ISSUER,
    discoveryUrl: `${ISSUER}/.well-known/openid-configuration`,
    scopes: ["openid", "email", "profile", "groups"],
  },
};
