import type { Fixture } from "../definition";

export const fixture: Fixture = {
  config: {
    client_id: "0oa1b2c3d4",
    client_secret: "s3cret-of-the-fixture",
    okta_account: "acme.okta.com/oauth2/default/",
    api_token: "00api-token-of-the-fixture",
    pkce_enabled: true,
    claims: ["department"],
  },
  derived: {
    okta_account: "https://acme.okta.com",
    authorization_server_id: "default",
    issuer: "https://acme.okta.com/oauth2/default",
  },
  discoveryUrl: "https://acme.okta.com/oauth2/default/.well-known/openid-configuration",
  connection: {
    clientId: "0oa1b2c3d4",
    clientSecret: "s3cret-of-the-fixture",
    authUrl: "https://acme.okta.com/oauth2/default/v1/authorize",
    tokenUrl: "https://acme.okta.com/oauth2/default/v1/token",
    certsUrl: "https://acme.okta.com/oauth2/default/v1/keys",
    userinfoUrl: "https://acme.okta.com/oauth2/default/v1/userinfo",
    issuer: "https://acme.okta.com/oauth2/default",
    scopes: ["openid", "email", "profile", "groups"],
    pkce: true,
    claims: ["department"],
    groupsApi: {
      url: "https://acme.okta.com/api/v1/users/{sub}/groups?limit=200",
      scheme: "SSWS",
      token: "00api-token-of-the-fixture",
      namePath: ["profile", "name"],
    },
  },
};
