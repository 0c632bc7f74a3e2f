import type { Fixture } from "../definition";

const ID = "1b8fa467-e41d-402a-8702-990c92c1f89b";
const ISSUER = `https://auth.pingone.eu/${ID}/as`;

export const fixture: Fixture = {
  config: {
    client_id: "d388aebf-7971-4acb-b9b0-6211a4931ed8",
    client_secret: "s3cret-of-the-fixture",
    ping_env_id: `${ISSUER}/.well-known/openid-configuration`,
    ping_region: "com",
    pkce_enabled: true,
  },
  derived: { ping_env_id: ID, ping_region: "eu" },
  discoveryUrl: `${ISSUER}/.well-known/openid-configuration`,
  connection: {
    tokenAuthMethod: "client_secret_basic",
    authUrl: `${ISSUER}/authorize`,
    tokenUrl: `${ISSUER}/token`,
    certsUrl: `${ISSUER}/jwks`,
    userinfoUrl: `${ISSUER}/userinfo`,
    issuer: ISSUER,
    discoveryUrl: `${ISSUER}/.well-known/openid-configuration`,
    pkce: true,
  },
};
