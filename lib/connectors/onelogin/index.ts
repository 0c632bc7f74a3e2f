import * as z from "zod";
import { basicAuth } from "../basic-auth";
import { defineConnector, hints } from "../definition";
import { claimFields, clientFields, pkceField, requestFields, scopesField } from "../oidc-base";
import { clientRule, connectionOf, oidcWarnings } from "../oidc-connection";
import { text } from "../oidc-rules";
import { accountOf, accountProblem, issuerOf } from "./account";
import { advice } from "./advice";
import { guide } from "./guide";

const accountField = text("Enter your OneLogin account URL", 2048)
  .superRefine((value, context) => {
    const message = value === "" ? null : accountProblem(value);
    if (message) context.addIssue({ code: "custom", message });
  })
  .transform((value) => accountOf(value) ?? value)
  .register(hints, {
    label: "OneLogin account URL",
    section: "connection",
    control: "url",
    discovers: true,
    placeholder: "https://my-company.onelogin.com",
    help: "The address that your people sign in at. The subdomain alone is enough.",
  });

const discoveryOf = (account: string) => `${issuerOf(account)}/.well-known/openid-configuration`;

/** https://developers.onelogin.com/openid-connect */
export const onelogin = defineConnector({
  kind: "onelogin",
  type: "onelogin",
  scim: true,
  label: "OneLogin",
  summary: "Workforce sign-in with OneLogin.",
  keywords: ["one identity", "one login", "oidc", "workforce"],
  group: "more",
  order: 6,
  tile: { monogram: "1L", hue: "teal" },
  settings: clientRule(
    z.strictObject({
      ...clientFields({ idExample: "4ec719b0-4d4f-013f-d6b4-272ff75a1f75263618" }),
      onelogin_account: accountField,
      pkce_enabled: pkceField,
      ...claimFields,
      scopes: scopesField(["openid", "email", "profile", "groups"]),
      ...requestFields,
      token_auth_method: basicAuth,
    }),
  ),
  guide,
  discoveryUrl: ({ onelogin_account }) => {
    const account = accountOf(onelogin_account);
    return account && discoveryOf(account);
  },
  derive: ({ onelogin_account }) => {
    const account = accountOf(onelogin_account);
    return account && account !== onelogin_account ? { onelogin_account: account } : {};
  },
  warnings: oidcWarnings,
  open: (settings) => {
    const issuer = issuerOf(settings.onelogin_account);
    const endpoints = {
      authUrl: `${issuer}/auth`,
      tokenUrl: `${issuer}/token`,
      certsUrl: `${issuer}/certs`,
      userinfoUrl: `${issuer}/me`,
    };
    return {
      ...connectionOf(settings, endpoints, issuer),
      discoveryUrl: discoveryOf(settings.onelogin_account),
    };
  },
  advice,
});
