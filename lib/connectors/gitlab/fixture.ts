import type { Fixture } from "../definition";

const BASE = "https://code.acme.test/gitlab";

export const fixture: Fixture = {
  config: {
    gitlab_url: `${BASE}/.well-known/openid-configuration`,
    client_id: "gitlab-application-id",
    client_secret: "gloas-s3cret-of-the-fixture",
    pkce_enabled: true,
  },
  derived: {
    gitlab_url: BASE,
    auth_url: `${BASE}/oauth/authorize`,
    token_url: `${BASE}/oauth/token`,
    certs_url: `${BASE}/oauth/discovery/keys`,
    userinfo_url: `${BASE}/oauth/userinfo`,
    issuer: BASE,
  },
  discoveryUrl: `${BASE}/.well-known/openid-configuration`,
  connection: {
    clientId: "gitlab-application-id",
    authUrl: `${BASE}/oauth/authorize`,
    tokenUrl: `${BASE}/oauth/token`,
    certsUrl: `${BASE}/oauth/discovery/keys`,
    userinfoUrl: `${BASE}/oauth/userinfo`,
    issuer: BASE,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    expectsGroups: true,
  },
};
