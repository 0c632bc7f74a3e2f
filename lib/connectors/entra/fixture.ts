import type { Fixture } from "../definition";

const TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const BASE = `https://login.microsoftonline.us/${TENANT}`;

export const fixture: Fixture = {
  config: {
    directory_id: `${BASE}/v2.0`,
    client_id: "11111111-2222-3333-4444-555555555555",
    client_secret: "s3cret-of-the-fixture",
    support_groups: true,
    pkce_enabled: true,
    claims: ["roles", "oid"],
  },
  derived: {
    directory_id: TENANT,
    azure_cloud: "us_government",
    issuer: `${BASE}/v2.0`,
  },
  discoveryUrl: `${BASE}/v2.0/.well-known/openid-configuration`,
  connection: {
    clientId: "11111111-2222-3333-4444-555555555555",
    authUrl: `${BASE}/oauth2/v2.0/authorize`,
    tokenUrl: `${BASE}/oauth2/v2.0/token`,
    certsUrl: `${BASE}/discovery/v2.0/keys`,
    userinfoUrl: "https://graph.microsoft.us/oidc/userinfo",
    issuer: `${BASE}/v2.0`,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    emailClaim: "email",
    claims: ["roles", "oid"],
    expectsGroups: true,
  },
};
