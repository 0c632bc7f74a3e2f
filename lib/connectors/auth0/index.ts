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
import { text } from "../oidc-rules";
import { advice } from "./advice";
import { domainProblem, originOf } from "./domain";
import { guide } from "./guide";

const domainField = text("Enter your Auth0 domain", 2048)
  .superRefine((value, context) => {
    const message = value === "" ? null : domainProblem(value);
    if (message) context.addIssue({ code: "custom", message });
  })
  .transform((value) => originOf(value) ?? value)
  .register(hints, {
    label: "Auth0 domain",
    section: "connection",
    control: "url",
    discovers: true,
    placeholder: "https://my-company.eu.auth0.com",
    help: "As the application shows it under Domain. With a custom domain, enter that one.",
  });

const discoveryOf = (origin: string) => `${origin}/.well-known/openid-configuration`;

/** https://auth0.com/docs/get-started/applications/configure-applications-with-oidc-discovery */
export const auth0 = defineConnector({
  kind: "auth0",
  type: "oidc",
  label: "Auth0",
  summary: "An Auth0 tenant: its domain fills the rest.",
  keywords: ["okta customer identity", "cic", "ciam", "tenant", "oidc"],
  group: "more",
  order: 5,
  tile: { monogram: "A0", hue: "rose" },
  settings: clientRule(
    z.strictObject({
      auth0_domain: domainField,
      ...clientFields({ idExample: "AbCdEfGhIjKlMnOpQrStUvWxYz012345" }),
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
  discoveryUrl: ({ auth0_domain }) => {
    const origin = originOf(auth0_domain);
    return origin && discoveryOf(origin);
  },
  derive: ({ auth0_domain }) => {
    const origin = originOf(auth0_domain);
    if (!origin) return {};
    return {
      ...(origin !== auth0_domain && { auth0_domain: origin }),
      auth_url: `${origin}/authorize`,
      token_url: `${origin}/oauth/token`,
      certs_url: `${origin}/.well-known/jwks.json`,
      userinfo_url: `${origin}/userinfo`,
      // Auth0 ends its name with a slash, and the comparison is letter for letter.
      issuer: `${origin}/`,
    };
  },
  warnings: oidcWarnings,
  open: (settings, pinnedIssuer) => ({
    ...connectionOf(settings, endpointsOf(settings), pinnedIssuer),
    discoveryUrl: discoveryOf(settings.auth0_domain),
  }),
  advice,
});
