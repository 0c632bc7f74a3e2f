import * as z from "zod";
import { defineConnector, hints } from "../definition";
import {
  claimFields,
  clientFields,
  issuerField,
  oidcEndpoints,
  pkceField,
  requestFields,
  scopesField,
  userinfoField,
} from "../oidc-base";
import { clientRule, connectionOf, endpointsOf, oidcWarnings } from "../oidc-connection";
import { baseUrl } from "../oidc-rules";
import { baseOf } from "../web-url";
import { guide } from "./guide";

const MARKERS = /\/(?:\.well-known|oauth|-|users|admin)(?:\/.*)?$/;

/** The address of a GitLab, also where one of its own pages was pasted. */
const placeOf = (typed: unknown): string | null => baseOf(typed)?.replace(MARKERS, "") ?? null;

const urlField = baseUrl("GitLab", "/.well-known/")
  .transform((value) => placeOf(value) ?? value)
  .register(hints, {
    label: "GitLab URL",
    section: "connection",
    control: "url",
    discovers: true,
    placeholder: "https://gitlab.com",
    help: "https://gitlab.com, or the address of your own GitLab, with its path if it has one.",
  });

const groupsField = z.boolean("Turn groups on or off").default(true).register(hints, {
  label: "Support groups",
  section: "connection",
  control: "switch",
  help: "Read the paths of all groups of a person from user info: the ID token holds those they are in directly (groups_direct).",
});

/** https://docs.gitlab.com/integration/openid_connect_provider/ */
export const gitlab = defineConnector({
  kind: "gitlab",
  type: "oidc",
  label: "GitLab",
  summary: "GitLab.com or your own GitLab, with its groups.",
  keywords: ["gitlab.com", "self-managed", "oidc", "developers"],
  group: "more",
  order: 10,
  tile: { monogram: "GL", hue: "orange" },
  settings: clientRule(
    z.strictObject({
      gitlab_url: urlField,
      ...clientFields({
        idExample: "64 letters and digits",
        idHelp: "GitLab calls it Application ID.",
        secretHelp: "GitLab calls it Secret. Stored sealed and never shown again.",
      }),
      ...oidcEndpoints,
      support_groups: groupsField,
      pkce_enabled: pkceField,
      ...claimFields,
      scopes: scopesField(["openid", "email", "profile"]),
      issuer: issuerField,
      userinfo_url: userinfoField,
      ...requestFields,
    }),
  ),
  guide,
  discoveryUrl: ({ gitlab_url }) => {
    const place = placeOf(gitlab_url);
    return place && `${place}/.well-known/openid-configuration`;
  },
  derive: ({ gitlab_url }) => {
    const place = placeOf(gitlab_url);
    if (!place) return {};
    return {
      ...(place !== gitlab_url && { gitlab_url: place }),
      auth_url: `${place}/oauth/authorize`,
      token_url: `${place}/oauth/token`,
      certs_url: `${place}/oauth/discovery/keys`,
      userinfo_url: `${place}/oauth/userinfo`,
      issuer: place,
    };
  },
  warnings: oidcWarnings,
  open: (settings, pinnedIssuer) => ({
    ...connectionOf(settings, endpointsOf(settings), pinnedIssuer),
    discoveryUrl: `${settings.gitlab_url}/.well-known/openid-configuration`,
    expectsGroups: settings.support_groups,
  }),
  advice: {
    no_callback: [
      "“The redirect URI included is not valid” on GitLab's page means that the Callback URL is not that of the application, letter for letter.",
    ],
    invalid_scope: [
      "In GitLab, edit the application and tick the scopes openid, profile and email.",
    ],
    no_id_token: ["In GitLab, edit the application and tick the scope openid."],
    no_email: [
      "In GitLab, edit the application and tick the scope email: without it, GitLab gives the public address only.",
    ],
    email_unverified: ["Let the user confirm the address that GitLab sent them."],
    groups_missing: [
      "The user may be in no group. All groups come from user info, and need the scope openid alone; the ID token has groups_direct.",
    ],
    claims_missing: [
      "GitLab puts groups_direct into the ID token, and groups into user info only: keep the User info URL.",
    ],
    iss_mismatch: [
      "GitLab names itself by external_url of its configuration (gitlab.rb): enter that address, with its path and without a slash at the end.",
    ],
  },
});
