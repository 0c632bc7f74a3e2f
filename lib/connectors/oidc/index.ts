import * as z from "zod";
import { defineConnector, hints } from "../definition";
import {
  claimFields,
  issuerField,
  oidcClient,
  oidcEndpoints,
  pkceField,
  requestFields,
  scopesField,
  userinfoField,
} from "../oidc-base";
import { clientRule, connectionOf, endpointsOf, oidcWarnings } from "../oidc-connection";
import { optionalUrlField } from "../oidc-rules";
import { parseWebUrl, webUrlProblem } from "../web-url";
import { guide } from "./guide";

const discoveryField = optionalUrlField("Discovery URL", (label, value) =>
  parseWebUrl(value) ? webUrlProblem(label, value) : "Enter a full URL that starts with https://",
).register(hints, {
  label: "Discovery URL",
  section: "connection",
  control: "url",
  optional: true,
  discovers: true,
  placeholder: "https://idp.example.com/.well-known/openid-configuration",
  help: "Paste the issuer or the well-known URL of your provider. It fills the three URLs below.",
});

export const oidc = defineConnector({
  kind: "oidc",
  type: "oidc",
  scim: true,
  label: "OpenID Connect",
  summary: "Any provider that speaks OpenID Connect.",
  keywords: ["oidc", "generic", "sso", "discovery", "well-known"],
  group: "recommended",
  order: 1,
  tile: { monogram: "ID", hue: "blue" },
  settings: clientRule(
    z.strictObject({
      discovery_url: discoveryField,
      ...oidcClient,
      ...oidcEndpoints,
      pkce_enabled: pkceField,
      ...claimFields,
      scopes: scopesField(["openid", "email", "profile"]),
      issuer: issuerField,
      userinfo_url: userinfoField,
      ...requestFields,
    }),
  ),
  guide,
  discoveryUrl: ({ discovery_url }) => {
    const typed = discovery_url?.trim() ?? "";
    return typed !== "" && webUrlProblem("Discovery URL", typed) === null ? typed : null;
  },
  derive: () => ({}),
  warnings: oidcWarnings,
  open: (settings, pinnedIssuer) => connectionOf(settings, endpointsOf(settings), pinnedIssuer),
});
