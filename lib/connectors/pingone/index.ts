import * as z from "zod";
import { basicAuth } from "../basic-auth";
import { defineConnector, hints } from "../definition";
import { claimFields, clientFields, pkceField, requestFields, scopesField } from "../oidc-base";
import { clientRule, connectionOf, oidcWarnings } from "../oidc-connection";
import { text } from "../oidc-rules";
import { advice } from "./advice";
import {
  environmentOf,
  isEnvironmentId,
  issuerOf,
  REGION_LABELS,
  REGIONS,
  type Region,
} from "./environment";
import { guide } from "./guide";

const environmentField = text("Enter the Environment ID", 2048)
  .transform((value) => environmentOf(value, "com")?.id ?? value)
  .refine(
    (value) => value === "" || isEnvironmentId(value),
    "Enter the Environment ID, like 1b8fa467-e41d-402a-8702-990c92c1f89b, or paste the Issuer ID",
  )
  .register(hints, {
    label: "Environment ID",
    section: "connection",
    control: "text",
    discovers: true,
    placeholder: "1b8fa467-e41d-402a-8702-990c92c1f89b",
    help: "Or paste the Issuer ID of the application: it is taken apart for you.",
  });

const regionField = z
  .enum(REGIONS, "Choose the region of the environment")
  .default("com")
  .register(hints, {
    label: "Region",
    section: "connection",
    control: "select",
    discovers: true,
    help: "As the address of PingOne's pages ends. With a custom domain, use the type OpenID Connect.",
    options: REGIONS.map((region) => ({ value: region, label: REGION_LABELS[region] })),
  });

const discoveryOf = (issuer: string) => `${issuer}/.well-known/openid-configuration`;

interface Place {
  ping_env_id: string;
  ping_region: Region;
}

/** https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2.html */
function endpointsIn({ ping_env_id: id, ping_region: region }: Place) {
  const issuer = issuerOf({ id, region });
  return {
    issuer,
    endpoints: {
      authUrl: `${issuer}/authorize`,
      tokenUrl: `${issuer}/token`,
      certsUrl: `${issuer}/jwks`,
      userinfoUrl: `${issuer}/userinfo`,
    },
  };
}

export const pingone = defineConnector({
  kind: "pingone",
  type: "pingone",
  scim: true,
  label: "PingOne",
  summary: "A PingOne environment, in any of its regions.",
  keywords: ["ping identity", "pingidentity", "ping", "oidc", "workforce"],
  group: "more",
  order: 7,
  tile: { monogram: "P1", hue: "rose" },
  settings: clientRule(
    z.strictObject({
      ...clientFields({ idExample: "d388aebf-7971-4acb-b9b0-6211a4931ed8" }),
      ping_env_id: environmentField,
      ping_region: regionField,
      pkce_enabled: pkceField,
      ...claimFields,
      scopes: scopesField(["openid", "email", "profile"]),
      ...requestFields,
      token_auth_method: basicAuth,
    }),
  ),
  guide,
  discoveryUrl: ({ ping_env_id, ping_region }) => {
    const environment = environmentOf(ping_env_id, ping_region);
    return environment && discoveryOf(issuerOf(environment));
  },
  derive: ({ ping_env_id, ping_region }) => {
    const environment = environmentOf(ping_env_id, ping_region);
    return environment?.pasted
      ? { ping_env_id: environment.id, ping_region: environment.region }
      : {};
  },
  warnings: oidcWarnings,
  open: (settings) => {
    const { issuer, endpoints } = endpointsIn(settings);
    return { ...connectionOf(settings, endpoints, issuer), discoveryUrl: discoveryOf(issuer) };
  },
  advice,
});
