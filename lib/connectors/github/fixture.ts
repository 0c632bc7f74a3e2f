import type { Fixture } from "../definition";

const BASE = "https://github.acme.test";

export const fixture: Fixture = {
  config: {
    github_url: `${BASE}/settings/developers`,
    client_id: "Ov23li0a1b2c3d4e5f6g",
    client_secret: "s3cret-of-the-fixture",
    claims: ["company"],
  },
  derived: {},
  discoveryUrl: null,
  connection: {
    clientId: "Ov23li0a1b2c3d4e5f6g",
    clientSecret: "s3cret-of-the-fixture",
    tokenAuthMethod: "client_secret_post",
    authUrl: `${BASE}/login/oauth/authorize`,
    tokenUrl: `${BASE}/login/oauth/access_token`,
    userinfoUrl: null,
    issuer: null,
    scopes: ["read:user", "user:email", "read:org"],
    pkce: true,
    emailClaim: "email",
    claims: ["company"],
    personApi: {
      profileUrl: `${BASE}/api/v3/user`,
      subject: "id",
      claimNames: { login: "preferred_username" },
      emailsUrl: `${BASE}/api/v3/user/emails?per_page=100`,
      groups: [
        { url: `${BASE}/api/v3/user/orgs?per_page=100`, namePaths: [["login"]] },
        {
          url: `${BASE}/api/v3/user/teams?per_page=100`,
          namePaths: [["organization", "login"], ["slug"]],
        },
      ],
      scopes: { emails: "user:email", groups: "read:org" },
      headers: { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" },
    },
  },
};
