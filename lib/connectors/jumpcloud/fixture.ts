import type { Fixture } from "../definition";

const ORIGIN = "https://oauth.id.eu.jumpcloud.com";

export const fixture: Fixture = {
  config: {
    jumpcloud_region: "eu",
    client_id: "jumpcloud-client",
    client_secret: "s3cret-of-the-fixture",
  },
  derived: {
    auth_url: `${ORIGIN}/oauth2/auth`,
    token_url: `${ORIGIN}/oauth2/token`,
    certs_url: `${ORIGIN}/.well-known/jwks.json`,
    userinfo_url: `${ORIGIN}/userinfo`,
    issuer: `${ORIGIN}/`,
  },
  discoveryUrl: `${ORIGIN}/.well-known/openid-configuration`,
  connection: {
    clientId: "jumpcloud-client",
    authUrl: `${ORIGIN}/oauth2/auth`,
    tokenUrl: `${ORIGIN}/oauth2/token`,
    certsUrl: `${ORIGIN}/.well-known/jwks.json`,
    userinfoUrl: `${ORIGIN}/userinfo`,
    issuer: `${ORIGIN}/`,
    discoveryUrl: `${ORIGIN}/.well-known/openid-configuration`,
  },
};
