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
import { advice } from "./advice";
import { guide } from "./guide";

/** https://jumpcloud.com/support/sso-with-oidc */
const ORIGINS = {
  us: "https://oauth.id.jumpcloud.com",
  eu: "https://oauth.id.eu.jumpcloud.com",
  in: "https://oauth.id.in.jumpcloud.com",
} as const;

type Region = keyof typeof ORIGINS;

const REGIONS: Record<Region, string> = {
  us: "United States (console.jumpcloud.com)",
  eu: "Europe (console.eu.jumpcloud.com)",
  in: "India (console.in.jumpcloud.com)",
};

const regionField = z
  .enum(["us", "eu", "in"], "Choose the region of your organisation")
  .default("us")
  .register(hints, {
    label: "Region",
    section: "connection",
    control: "select",
    discovers: true,
    help: "As the address of your JumpCloud Admin Portal says.",
    options: Object.entries(REGIONS).map(([value, label]) => ({ value, label })),
  });

const originOf = (region: unknown): string | null =>
  typeof region === "string" && Object.hasOwn(ORIGINS, region) ? ORIGINS[region as Region] : null;
const discoveryOf = (origin: string) => `${origin}/.well-known/openid-configuration`;

export const jumpcloud = defineConnector({
  kind: "jumpcloud",
  type: "oidc",
  scim: true,
  label: "JumpCloud",
  summary: "JumpCloud by OpenID Connect, in any of its regions.",
  keywords: ["jump cloud", "directory", "oidc", "workforce"],
  group: "more",
  order: 8,
  tile: { monogram: "JC", hue: "green" },
  settings: clientRule(
    z.strictObject({
      jumpcloud_region: regionField,
      ...clientFields({ idExample: "1b8fa467-e41d-402a-8702-990c92c1f89b" }),
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
  discoveryUrl: ({ jumpcloud_region }) => {
    const origin = originOf(jumpcloud_region);
    return origin && discoveryOf(origin);
  },
  derive: ({ jumpcloud_region }) => {
    const origin = originOf(jumpcloud_region);
    if (!origin) return {};
    return {
      auth_url: `${origin}/oauth2/auth`,
      token_url: `${origin}/oauth2/token`,
      certs_url: `${origin}/.well-known/jwks.json`,
      userinfo_url: `${origin}/userinfo`,
      // JumpCloud ends its name with a slash, and the comparison is letter for letter.
      issuer: `${origin}/`,
    };
  },
  warnings: oidcWarnings,
  open: (settings, pinnedIssuer) => ({
    ...connectionOf(settings, endpointsOf(settings), pinnedIssuer),
    discoveryUrl: discoveryOf(ORIGINS[settings.jumpcloud_region]),
  }),
  advice,
});
