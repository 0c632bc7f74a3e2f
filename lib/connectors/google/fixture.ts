import type { Fixture } from "../definition";

export const fixture: Fixture = {
  config: {
    client_id: "1234567890-abc.apps.googleusercontent.com",
    client_secret: "GOCSPX-s3cret-of-the-fixture",
    pkce_enabled: true,
    prompt: "select_account",
  },
  derived: {},
  discoveryUrl: null,
  connection: {
    clientId: "1234567890-abc.apps.googleusercontent.com",
    authUrl: "https://accounts.google.com/o/oauth2/v2/auth",
    tokenUrl: "https://oauth2.googleapis.com/token",
    certsUrl: "https://www.googleapis.com/oauth2/v3/certs",
    userinfoUrl: "https://openidconnect.googleapis.com/v1/userinfo",
    issuer: "https://accounts.google.com",
    discoveryUrl: "https://accounts.google.com/.well-known/openid-configuration",
    scopes: ["openid", "email", "profile"],
    pkce: true,
    prompt: "select_account",
  },
};
