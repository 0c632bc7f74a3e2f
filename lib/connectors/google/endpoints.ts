import * as z from "zod";
import { hints } from "../definition";
import type { Endpoints } from "../oidc-connection";

/** As https://accounts.google.com/.well-known/openid-configuration has them. */
export const GOOGLE_ISSUER = "https://accounts.google.com";
export const GOOGLE_DISCOVERY = `${GOOGLE_ISSUER}/.well-known/openid-configuration`;
export const GOOGLE_ENDPOINTS: Endpoints = {
  authUrl: "https://accounts.google.com/o/oauth2/v2/auth",
  tokenUrl: "https://oauth2.googleapis.com/token",
  certsUrl: "https://www.googleapis.com/oauth2/v3/certs",
  userinfoUrl: "https://openidconnect.googleapis.com/v1/userinfo",
};

export const GOOGLE_CLIENT = {
  idExample: "1234567890-abc.apps.googleusercontent.com",
  idHelp: "Google calls it Client ID. It ends with .apps.googleusercontent.com.",
  secretHelp:
    "Google shows it once, when you create the client. Stored sealed and never shown again.",
};

/** Google knows `consent`, and has no `login`. */
export const googlePrompt = z
  .enum(["", "none", "consent", "select_account"], "Choose one of the prompts")
  .default("")
  .register(hints, {
    label: "Prompt",
    section: "optional",
    control: "select",
    help: "What Google shows to people who are signed in there already.",
    options: [
      { value: "", label: "Provider's default" },
      { value: "select_account", label: "select_account: let them choose an account" },
      { value: "consent", label: "consent: ask for consent again" },
      { value: "none", label: "none: show nothing, and fail where Google has to ask" },
    ],
  });

export const NO_GOOGLE_GROUPS =
  "Google sends no groups when people sign in, whatever the scopes: match email addresses or domains in policies, or let groups come by SCIM from a directory that has them.";
