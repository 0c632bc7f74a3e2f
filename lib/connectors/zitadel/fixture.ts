import type { Fixture } from "../definition";

const PLACE = "https://acme-a1b2c3.us1.zitadel.cloud";

export const fixture: Fixture = {
  config: {
    zitadel_url: `${PLACE}/ui/console/projects/1234`,
    client_id: "123456789012345678",
    client_secret: "s3cret-of-the-fixture",
    claims: ["urn:zitadel:iam:org:project:roles"],
  },
  derived: {
    zitadel_url: PLACE,
    auth_url: `${PLACE}/oauth/v2/authorize`,
    token_url: `${PLACE}/oauth/v2/token`,
    certs_url: `${PLACE}/oauth/v2/keys`,
    userinfo_url: `${PLACE}/oidc/v1/userinfo`,
    issuer: PLACE,
  },
  discoveryUrl: `${PLACE}/.well-known/openid-configuration`,
  connection: {
    tokenAuthMethod: "client_secret_basic",
    clientId: "123456789012345678",
    authUrl: `${PLACE}/oauth/v2/authorize`,
    tokenUrl: `${PLACE}/oauth/v2/token`,
    certsUrl: `${PLACE}/oauth/v2/keys`,
    userinfoUrl: `${PLACE}/oidc/v1/userinfo`,
    issuer: PLACE,
    discoveryUrl: `${PLACE}/.well-known/openid-configuration`,
    claims: ["urn:zitadel:iam:org:project:roles"],
  },
};
