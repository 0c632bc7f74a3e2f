import type { Fixture } from "../definition";

export const fixture: Fixture = {
  config: {
    keycloak_url: "https://sso.acme.test/auth/realms/Acme%20Staff/",
    realm: "",
    client_id: "gatehouse",
    client_secret: "s3cret-of-the-fixture",
    pkce_enabled: true,
  },
  derived: {
    keycloak_url: "https://sso.acme.test/auth",
    realm: "Acme Staff",
    auth_url: "https://sso.acme.test/auth/realms/Acme%20Staff/protocol/openid-connect/auth",
    token_url: "https://sso.acme.test/auth/realms/Acme%20Staff/protocol/openid-connect/token",
    certs_url: "https://sso.acme.test/auth/realms/Acme%20Staff/protocol/openid-connect/certs",
    userinfo_url: "https://sso.acme.test/auth/realms/Acme%20Staff/protocol/openid-connect/userinfo",
    issuer: "https://sso.acme.test/auth/realms/Acme%20Staff",
  },
  discoveryUrl: "https://sso.acme.test/auth/realms/Acme%20Staff/.well-known/openid-configuration",
  connection: {
    clientId: "gatehouse",
    tokenUrl: "https://sso.acme.test/auth/realms/Acme%20Staff/protocol/openid-connect/token",
    certsUrl: "https://sso.acme.test/auth/realms/Acme%20Staff/protocol/openid-connect/certs",
    issuer: "https://sso.acme.test/auth/realms/Acme%20Staff",
    pkce: true,
  },
};
