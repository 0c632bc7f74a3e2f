import type { Fixture } from "../definition";

export const fixture: Fixture = {
  config: {
    discovery_url: "https://id.acme.test/.well-known/openid-configuration",
    client_id: " gatehouse ",
    client_secret: "s3cret-of-the-fixture",
    auth_url: "https://id.acme.test/authorize",
    token_url: "https://id.acme.test/token",
    certs_url: "https://id.acme.test/jwks",
    claims: ["department", "department"],
  },
  derived: {},
  discoveryUrl: "https://id.acme.test/.well-known/openid-configuration",
  connection: {
    clientId: "gatehouse",
    clientSecret: "s3cret-of-the-fixture",
    tokenAuthMethod: "client_secret_post",
    authUrl: "https://id.acme.test/authorize",
    tokenUrl: "https://id.acme.test/token",
    certsUrl: "https://id.acme.test/jwks",
    userinfoUrl: null,
    issuer: null,
    scopes: ["openid", "email", "profile"],
    pkce: false,
    prompt: null,
    clockTolerance: 30,
    emailClaim: "email",
    claims: ["department"],
  },
};
