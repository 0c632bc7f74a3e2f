import type { Fixture } from "../definition";

export const fixture: Fixture = {
  config: {
    authentik_url: "https://authentik.acme.test/application/o/gate/",
    application_slug: "",
    client_id: "ak-client",
    client_secret: "s3cret-of-the-fixture",
  },
  derived: {
    authentik_url: "https://authentik.acme.test",
    application_slug: "gate",
    auth_url: "https://authentik.acme.test/application/o/authorize/",
    token_url: "https://authentik.acme.test/application/o/token/",
    certs_url: "https://authentik.acme.test/application/o/gate/jwks/",
    userinfo_url: "https://authentik.acme.test/application/o/userinfo/",
    issuer: "https://authentik.acme.test/application/o/gate/",
  },
  discoveryUrl: "https://authentik.acme.test/application/o/gate/.well-known/openid-configuration",
  connection: {
    clientId: "ak-client",
    authUrl: "https://authentik.acme.test/application/o/authorize/",
    tokenUrl: "https://authentik.acme.test/application/o/token/",
    certsUrl: "https://authentik.acme.test/application/o/gate/jwks/",
    userinfoUrl: "https://authentik.acme.test/application/o/userinfo/",
    issuer: "https://authentik.acme.test/application/o/gate/",
    scopes: ["openid", "email", "profile"],
  },
};
