import * as z from "zod";
import { defineConnector } from "../definition";
import { claimFields, clientFields, pkceField, requestFields, scopesField } from "../oidc-base";
import { clientRule, connectionOf, oidcWarnings } from "../oidc-connection";
import { googleAdvice } from "./advice";
import {
  GOOGLE_CLIENT,
  GOOGLE_DISCOVERY,
  GOOGLE_ENDPOINTS,
  GOOGLE_ISSUER,
  googlePrompt,
} from "./endpoints";
import { guide } from "./guide";

export const google = defineConnector({
  kind: "google",
  type: "google",
  otherAccountPrompt: "select_account",
  label: "Google",
  summary: "Anyone with a Google Account, of a company or private.",
  keywords: ["gmail", "social", "oidc", "google account"],
  group: "more",
  order: 3,
  tile: { monogram: "G", hue: "green" },
  settings: clientRule(
    z.strictObject({
      ...clientFields(GOOGLE_CLIENT),
      pkce_enabled: pkceField,
      ...claimFields,
      scopes: scopesField(["openid", "email", "profile"]),
      ...requestFields,
      prompt: googlePrompt,
    }),
  ),
  guide,
  // Google's addresses are its own, and nothing that is typed changes them.
  discoveryUrl: () => null,
  derive: () => ({}),
  warnings: oidcWarnings,
  open: (settings) => ({
    ...connectionOf(settings, GOOGLE_ENDPOINTS, GOOGLE_ISSUER),
    discoveryUrl: GOOGLE_DISCOVERY,
  }),
  advice: googleAdvice,
});
