import * as z from "zod";
import type { Connection } from "@/lib/oidc/schema";
import { type Config, defineConnector, hints } from "../definition";
import {
  claimFields,
  clientFields,
  issuerField,
  pkceField,
  requestFields,
  scopesField,
} from "../oidc-base";
import { clientRule, connectionOf, oidcWarnings } from "../oidc-connection";
import { text } from "../oidc-rules";
import { advice } from "./advice";
import {
  CLOUD_NAMES,
  CLOUDS,
  type Cloud,
  discoveryOf,
  endpointsAt,
  isGuid,
  issuerAt,
  parseAuthority,
} from "./authority";
import { guide } from "./guide";
import { isMultiTenant, isTemplate, tenantList, tenantRules } from "./tenants";

const directoryField = text("Enter the Directory (tenant) ID", 2048)
  .refine(
    (value) => value === "" || parseAuthority(value) !== null,
    "Enter the Directory (tenant) ID, a domain of the tenant such as contoso.com, or its authority URL",
  )
  .transform((value) => parseAuthority(value)?.tenant ?? value)
  .register(hints, {
    label: "Directory (tenant) ID",
    section: "connection",
    control: "text",
    discovers: true,
    placeholder: "72f988bf-86f1-41af-91ab-2d7cd011db47",
    help: "In the Overview of your app registration. A domain works too, and a whole authority URL is taken apart for you.",
  });

const cloudField = z
  .enum(CLOUD_NAMES, "Choose one of the clouds")
  .default("default")
  .register(hints, {
    label: "Microsoft cloud",
    section: "optional",
    control: "select",
    discovers: true,
    help: "National clouds have addresses and accounts of their own.",
    options: CLOUD_NAMES.map((value) => ({ value, label: CLOUDS[value].label })),
  });

const tenantsField = tenantList.register(hints, {
  label: "Allowed tenants",
  section: "connection",
  control: "tags",
  optional: true,
  placeholder: "Type a tenant ID and press Enter",
  help: "The IDs of the tenants whose people may sign in. 9188040d-6c67-4c5b-b112-36a304b66dad is that of all personal Microsoft accounts.",
  hidden: (values) =>
    !isMultiTenant(values) &&
    !(Array.isArray(values.allowed_tenants) && values.allowed_tenants.length > 0),
});

const groupsField = z.boolean("Turn groups on or off").default(false).register(hints, {
  label: "Support groups",
  section: "connection",
  control: "switch",
  help: "Expect groups, as object IDs, and warn when a token has none. Needs a groups claim under Token configuration.",
});

const cloudIn = (value: unknown): Cloud => CLOUD_NAMES.find((name) => name === value) ?? "default";

function placeOf(config: { directory_id?: unknown; azure_cloud?: unknown }) {
  const authority = parseAuthority(config.directory_id);
  return (
    authority && { tenant: authority.tenant, cloud: authority.cloud ?? cloudIn(config.azure_cloud) }
  );
}

function warningsOf(config: Config, allowed: readonly string[]) {
  const warnings = oidcWarnings(config, allowed);
  const claim = config.email_claim_name;
  if (claim === "preferred_username" || claim === "upn") {
    warnings.email_claim_name = `${claim} is a sign-in name: nobody has verified it as an address, and it can change. Add the optional claim email to the ID token instead.`;
  }
  if (isMultiTenant(config)) {
    warnings.directory_id =
      "People of several tenants can sign in. An email address counts only where the token says that the tenant owns its domain: add the optional claim xms_edov.";
  } else if (Array.isArray(config.allowed_tenants) && config.allowed_tenants.length > 0) {
    warnings.allowed_tenants = "Not used: the Directory (tenant) ID lets in one tenant alone.";
  }
  return warnings;
}

/** Which issuer a token must name, and what an address of several tenants needs to count. */
function trust(
  tenant: string,
  issuer: string | null,
  tenants: readonly string[],
  several: boolean,
): Partial<Connection> {
  const template = isTemplate(issuer) || several;
  return {
    ...(template &&
      issuer && {
        issuer: null,
        issuerTemplate: { template: issuer, tenants: several ? tenants : [tenant] },
      }),
    ...(several && { emailProof: "xms_edov" }),
  };
}

export const entra = defineConnector({
  kind: "entra",
  type: "azureAD",
  scim: true,
  otherAccountPrompt: "select_account",
  label: "Microsoft Entra ID",
  summary: "Work and school accounts of one Microsoft tenant, or of several.",
  keywords: ["azure ad", "azuread", "microsoft", "office 365", "aad", "oidc", "workforce"],
  group: "more",
  order: 2,
  tile: { monogram: "En", hue: "blue" },
  settings: tenantRules(
    clientRule(
      z.strictObject({
        directory_id: directoryField,
        ...clientFields({
          idExample: "11111111-2222-3333-4444-555555555555",
          idHelp: "Microsoft calls it Application (client) ID.",
          secretHelp:
            "The Value of the secret, not the Secret ID. It expires: note the date. Stored sealed and never shown again.",
        }),
        allowed_tenants: tenantsField,
        support_groups: groupsField,
        pkce_enabled: pkceField,
        azure_cloud: cloudField,
        ...claimFields,
        scopes: scopesField(["openid", "email", "profile"]),
        issuer: issuerField,
        ...requestFields,
      }),
    ),
  ),
  guide,
  discoveryUrl: (config) => {
    const place = placeOf(config);
    return place && discoveryOf(place.cloud, place.tenant);
  },
  derive: (config) => {
    const place = placeOf(config);
    if (!place) return {};
    const issuer = issuerAt(place.cloud, place.tenant);
    const named = parseAuthority(config.directory_id)?.cloud;
    return {
      ...(place.tenant !== config.directory_id && { directory_id: place.tenant }),
      ...(named && named !== config.azure_cloud && { azure_cloud: named }),
      ...(issuer && { issuer }),
    };
  },
  warnings: warningsOf,
  open: (settings, pinnedIssuer) => {
    const { directory_id: tenant, azure_cloud: cloud, allowed_tenants: tenants } = settings;
    const issuer = settings.issuer || issuerAt(cloud, tenant) || pinnedIssuer;
    const several = isMultiTenant(settings) && !isGuid(tenant);
    return {
      ...connectionOf(settings, endpointsAt(cloud, tenant), issuer),
      discoveryUrl: discoveryOf(cloud, tenant),
      expectsGroups: settings.support_groups,
      ...trust(tenant, issuer, tenants, several),
    };
  },
  advice,
});
