import * as z from "zod";
import { parametersOf } from "@/lib/oidc/authorization-params";
import { type Config, defineConnector, hints } from "../definition";
import { advancedFields } from "../oidc-advanced";
import { claimFields, clientFields } from "../oidc-base";
import { oidcWarnings } from "../oidc-connection";
import { text } from "../oidc-rules";

import { endpointsAt, originOf, PUBLIC_GITHUB, personApiAt, scopesFor } from "./address";
import { guide } from "./guide";

const NO_SECRET = "Enter the client secret. GitHub asks every app for one, with PKCE too.";

const urlField = text("Enter the address of your GitHub", 2048)
  .refine(
    (value) => value === "" || originOf(value) !== null,
    "GitHub URL must start with https://",
  )
  .transform((value) => originOf(value) ?? value)
  .default(PUBLIC_GITHUB)
  .register(hints, {
    label: "GitHub URL",
    section: "connection",
    control: "url",
    placeholder: PUBLIC_GITHUB,
    help: "https://github.com, your address at GHE.com, or that of your GitHub Enterprise Server.",
  });

const groupsField = z.boolean("Turn groups on or off").default(true).register(hints, {
  label: "Support groups",
  section: "connection",
  control: "switch",
  help: "Read the organizations and teams of a person, as acme and acme/platform. Asks for the scope read:org.",
});

const pkceField = z.boolean("Turn PKCE on or off").default(true).register(hints, {
  label: "Proof Key for Code Exchange (PKCE)",
  section: "connection",
  control: "switch",
  help: "GitHub supports it since July 2025, always with S256. Without an ID token it is what binds the sign-in code to this browser.",
});

const promptField = z
  .enum(["", "select_account"], "Choose one of the prompts")
  .default("")
  .register(hints, {
    label: "Prompt",
    section: "optional",
    control: "select",
    help: "What GitHub shows to people who are signed in there already.",
    options: [
      { value: "", label: "Provider's default" },
      { value: "select_account", label: "select_account: let them choose an account" },
    ],
  });

const claimsField = claimFields.claims.clone().register(hints, {
  label: "Claims",
  section: "optional",
  control: "tags",
  placeholder: "Type a name and press Enter",
  help: "Members of the GitHub profile to keep in the identity, by name.",
  options: ["preferred_username", "company", "location", "type", "two_factor_authentication"].map(
    (value) => ({ value, label: value }),
  ),
});

const settings = z
  .strictObject({
    github_url: urlField,
    ...clientFields({
      idExample: "Ov23li0a1b2c3d4e5f6g",
      idHelp: "GitHub calls it Client ID.",
      secretHelp: "Stored sealed and never shown again.",
      missingSecret: NO_SECRET,
    }),
    support_groups: groupsField,
    pkce_enabled: pkceField,
    claims: claimsField,
    prompt: promptField,
    extra_params: advancedFields.extra_params,
    tls_ca: advancedFields.tls_ca,
  })
  // Runs beside the rules of single fields, so that an admin sees every problem at once.
  .refine((value) => Boolean((value as Config | null)?.client_secret), {
    path: ["client_secret"],
    message: NO_SECRET,
    when: () => true,
  });

/** OAuth 2.0 without OpenID Connect: decision 0008. */
export const github = defineConnector({
  kind: "github",
  type: "github",
  protocol: "oauth2",
  otherAccountPrompt: "select_account",
  label: "GitHub",
  summary: "GitHub.com or GitHub Enterprise, with organizations and teams.",
  keywords: ["ghes", "github enterprise", "oauth", "social", "developers"],
  group: "more",
  order: 9,
  tile: { monogram: "GH", hue: "slate" },
  settings,
  guide,
  discoveryUrl: () => null,
  derive: () => ({}),
  warnings: oidcWarnings,
  open: (config) => ({
    clientId: config.client_id,
    clientSecret: config.client_secret,
    tokenAuthMethod: "client_secret_post",
    ...endpointsAt(config.github_url),
    certsUrl: "",
    userinfoUrl: null,
    issuer: null,
    discoveryUrl: null,
    personApi: personApiAt(config.github_url, config.support_groups),
    scopes: scopesFor(config.support_groups),
    pkce: config.pkce_enabled,
    prompt: config.prompt || null,
    clockTolerance: 0,
    emailClaim: "email",
    claims: config.claims,
    extraParams: parametersOf(config.extra_params),
    tls: config.tls_ca ? { ca: config.tls_ca, cert: null, key: null } : null,
  }),
  advice: {
    no_callback: [
      "“The redirect_uri is not associated with this application” on GitHub's page means that the Callback URL is not that of the app, letter for letter.",
      "A page with 404 means that the App ID is not known to this GitHub.",
    ],
    redirect_uri_mismatch: [
      "On GitHub, open Settings > Developer settings > OAuth apps > your app, and compare Authorization callback URL.",
    ],
    token_not_found: [
      "GitHub answers 404 to an App ID that it does not know: compare it with the Client ID of the app.",
    ],
    invalid_client: [
      "On GitHub, open Settings > Developer settings > OAuth apps > your app: compare the Client ID, and generate a new client secret.",
    ],
    no_verified_email: [
      "On GitHub, the user opens Settings > Emails, chooses the primary address, and confirms it by the message that GitHub sends.",
    ],
    person_no_scope: [
      "The user opens Settings > Applications > Authorized OAuth Apps on GitHub, revokes this app, and signs in again.",
    ],
    person_groups_scope: [
      "The user opens Settings > Applications > Authorized OAuth Apps on GitHub, revokes this app, and signs in again.",
    ],
    person_groups_sso: [
      "The user opens https://github.com/orgs/<organization>/sso, signs in there, and tests again.",
    ],
    claims_missing: [
      "The user may have left this part of their GitHub profile empty.",
      "For organizations and teams, turn on Support groups. An organization that restricts third-party access hides itself until an owner approves the app.",
    ],
  },
});
