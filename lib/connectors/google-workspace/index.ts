import * as z from "zod";
import { defineConnector, hints } from "../definition";
import { googleAdvice } from "../google/advice";
import {
  GOOGLE_CLIENT,
  GOOGLE_DISCOVERY,
  GOOGLE_ENDPOINTS,
  GOOGLE_ISSUER,
  googlePrompt,
} from "../google/endpoints";
import { claimFields, clientFields, pkceField, requestFields, scopesField } from "../oidc-base";
import { clientRule, connectionOf, oidcWarnings } from "../oidc-connection";
import { text } from "../oidc-rules";
import { domainIn, domainProblem } from "./domain";
import { guide } from "./guide";

const domainField = text("Enter the domain of your Google Workspace", 255)
  .superRefine((value, context) => {
    const message = value === "" ? null : domainProblem(value);
    if (message) context.addIssue({ code: "custom", message });
  })
  .transform((value) => domainIn(value) ?? value)
  .register(hints, {
    label: "Google Workspace domain",
    section: "connection",
    control: "text",
    placeholder: "acme.com",
    help: "Only accounts of this domain can sign in: Gatehouse checks it in every ID token.",
  });

/** https://developers.google.com/identity/openid-connect/openid-connect#hd-param */
export const google_workspace = defineConnector({
  kind: "google_workspace",
  type: "google-apps",
  otherAccountPrompt: "select_account",
  label: "Google Workspace",
  summary: "Accounts of your own Google Workspace domain, and no others.",
  keywords: ["g suite", "gsuite", "google apps", "oidc", "workforce"],
  group: "more",
  order: 4,
  tile: { monogram: "GW", hue: "teal" },
  settings: clientRule(
    z.strictObject({
      apps_domain: domainField,
      ...clientFields(GOOGLE_CLIENT),
      pkce_enabled: pkceField,
      ...claimFields,
      scopes: scopesField(["openid", "email", "profile"]),
      ...requestFields,
      prompt: googlePrompt,
    }),
  ),
  guide,
  discoveryUrl: () => null,
  derive: () => ({}),
  warnings: oidcWarnings,
  open: (settings) => {
    const { apps_domain: domain } = settings;
    const connection = connectionOf(settings, GOOGLE_ENDPOINTS, GOOGLE_ISSUER);
    return {
      ...connection,
      discoveryUrl: GOOGLE_DISCOVERY,
      // A wish that the browser could drop: the claim of the ID token decides.
      extraParams: { ...connection.extraParams, hd: domain },
      requiredClaims: [{ name: "hd", value: domain }],
    };
  },
  advice: {
    ...googleAdvice,
    claim_not_as_required: [
      "Sign in with an account of your Google Workspace: the prompt select_account lets people choose.",
      "Private accounts name no domain at all, even if their address is one of yours.",
      "If the account is of another domain of your organization, add a login method for that domain.",
    ],
  },
});
