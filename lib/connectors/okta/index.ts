import * as z from "zod";
import type { GroupsApi } from "@/lib/oidc/schema";
import { defineConnector, hints } from "../definition";
import {
  claimFields,
  issuerField,
  oidcClient,
  pkceField,
  requestFields,
  scopesField,
} from "../oidc-base";
import { clientRule, connectionOf, oidcWarnings } from "../oidc-connection";
import { optionalText, text } from "../oidc-rules";
import { accountOrigin, accountProblem, endpointBase, issuerOf, splitIssuer } from "./address";
import { advice } from "./advice";
import { guide } from "./guide";

const accountField = text("Enter your Okta account URL", 2048)
  .superRefine((value, context) => {
    const message = value === "" ? null : accountProblem(value);
    if (message) context.addIssue({ code: "custom", message });
  })
  .transform(accountOrigin)
  .register(hints, {
    label: "Okta account URL",
    section: "connection",
    control: "url",
    discovers: true,
    placeholder: "https://my-company.okta.com",
    help: "The domain that your users sign in at. A custom domain works too.",
  });

const SERVER_ID = /^[A-Za-z0-9_-]*$/;

const serverField = optionalText(100)
  .refine(
    (value) => !value || (SERVER_ID.test(value) && value !== "v1"),
    "Enter only the ID, such as default or aus1a2b3c4",
  )
  .register(hints, {
    label: "Authorization Server ID",
    section: "optional",
    control: "text",
    optional: true,
    discovers: true,
    placeholder: "default",
    help: "Needed for custom claims: only a custom authorization server can send them. Its groups scope must be enabled.",
  });

const tokenField = optionalText(2048).register(hints, {
  label: "API token",
  section: "connection",
  control: "secret",
  optional: true,
  help: "For people in more than 100 groups; a read-only token is enough. With it, Gatehouse reads all groups of a person from Okta. It is stored sealed and never shown again.",
});

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserResources */
const groupsApiOf = (account: string, token: string): GroupsApi => ({
  url: `${account}/api/v1/users/{sub}/groups?limit=200`,
  scheme: "SSWS",
  token,
  namePath: ["profile", "name"],
});

export const okta = defineConnector({
  kind: "okta",
  type: "okta",
  scim: true,
  label: "Okta",
  summary: "Workforce sign-in with Okta groups.",
  keywords: ["okta", "oktapreview", "oidc", "workforce"],
  group: "recommended",
  order: 2,
  tile: { monogram: "Ok", hue: "indigo" },
  settings: clientRule(
    z.strictObject({
      ...oidcClient,
      okta_account: accountField,
      api_token: tokenField,
      pkce_enabled: pkceField,
      authorization_server_id: serverField,
      ...claimFields,
      scopes: scopesField(["openid", "email", "profile", "groups"]),
      issuer: issuerField,
      ...requestFields,
    }),
  ),
  guide,
  discoveryUrl: ({ okta_account = "", authorization_server_id = "" }) => {
    const parts = splitIssuer(okta_account);
    const account = parts?.account ?? okta_account;
    const server = parts?.server || authorization_server_id.trim();
    if (accountProblem(account) !== null || !SERVER_ID.test(server)) return null;
    return `${issuerOf(accountOrigin(account), server)}/.well-known/openid-configuration`;
  },
  derive: ({ okta_account = "", authorization_server_id = "" }) => {
    const parts = splitIssuer(okta_account);
    const account = parts?.account ?? okta_account;
    const server = parts?.server || authorization_server_id.trim();
    if (accountProblem(account) !== null || !SERVER_ID.test(server)) return {};
    return {
      ...(parts && { okta_account: account }),
      ...(parts?.server && { authorization_server_id: server }),
      issuer: issuerOf(accountOrigin(account), server),
    };
  },
  warnings: oidcWarnings,
  open: (settings) => {
    const { okta_account: account, authorization_server_id: server } = settings;
    const base = endpointBase(account, server);
    const endpoints = {
      authUrl: `${base}/authorize`,
      tokenUrl: `${base}/token`,
      certsUrl: `${base}/keys`,
      userinfoUrl: `${base}/userinfo`,
    };
    return {
      ...connectionOf(settings, endpoints, issuerOf(account, server)),
      ...(settings.api_token && { groupsApi: groupsApiOf(account, settings.api_token) }),
    };
  },
  advice,
});
