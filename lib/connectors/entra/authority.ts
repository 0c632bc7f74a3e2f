import { baseOf } from "../web-url";

/** https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud */
export const CLOUDS = {
  default: {
    label: "Microsoft Entra ID (worldwide)",
    host: "login.microsoftonline.com",
    userinfo: "https://graph.microsoft.com/oidc/userinfo",
  },
  us_government: {
    label: "US government",
    host: "login.microsoftonline.us",
    userinfo: "https://graph.microsoft.us/oidc/userinfo",
  },
  china: {
    label: "China, operated by 21Vianet",
    host: "login.partner.microsoftonline.cn",
    userinfo: "https://microsoftgraph.chinacloudapi.cn/oidc/userinfo",
  },
} as const;
export type Cloud = keyof typeof CLOUDS;
export const CLOUD_NAMES = Object.keys(CLOUDS) as [Cloud, ...Cloud[]];

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;
/** Authorities through which accounts of any tenant sign in. */
const SHARED = new Set(["common", "organizations", "consumers"]);

export const isGuid = (text: string): boolean => GUID.test(text);
export const isShared = (tenant: string): boolean => SHARED.has(tenant);

const tenantOf = (text: string): string | null =>
  GUID.test(text) || DOMAIN.test(text) || SHARED.has(text.toLowerCase())
    ? text.toLowerCase()
    : null;

export interface Authority {
  tenant: string;
  /** Null when nothing that was typed names one. */
  cloud: Cloud | null;
}

/** Hosts of older addresses: they belong to the worldwide cloud. */
const OLD_HOSTS = new Set(["sts.windows.net", "login.windows.net", "login.microsoft.com"]);

function cloudOf(host: string): Cloud | null {
  if (OLD_HOSTS.has(host)) return "default";
  return CLOUD_NAMES.find((name) => CLOUDS[name].host === host) ?? null;
}

/** A tenant as an admin types it: an ID, a domain, or an authority or discovery URL pasted whole. */
export function parseAuthority(typed: unknown): Authority | null {
  if (typeof typed !== "string") return null;
  const bare = tenantOf(typed.trim());
  if (bare) return { tenant: bare, cloud: null };
  const address = baseOf(typed);
  if (!address) return null;
  const { host, pathname } = new URL(address);
  const cloud = cloudOf(host);
  const tenant = cloud && tenantOf(pathname.split("/")[1] ?? "");
  return tenant ? { tenant, cloud } : null;
}

const base = (cloud: Cloud, tenant: string): string => `https://${CLOUDS[cloud].host}/${tenant}`;

export const discoveryOf = (cloud: Cloud, tenant: string): string =>
  `${base(cloud, tenant)}/v2.0/.well-known/openid-configuration`;

export const endpointsAt = (cloud: Cloud, tenant: string) => ({
  authUrl: `${base(cloud, tenant)}/oauth2/v2.0/authorize`,
  tokenUrl: `${base(cloud, tenant)}/oauth2/v2.0/token`,
  certsUrl: `${base(cloud, tenant)}/discovery/v2.0/keys`,
  userinfoUrl: CLOUDS[cloud].userinfo,
});

/**
 * The issuer as the discovery document of an authority has it: with the tenant's ID, or with
 * `{tenantid}` where any tenant may sign in. Null for a domain, which only the document can turn
 * into an ID.
 */
export function issuerAt(cloud: Cloud, tenant: string): string | null {
  if (isGuid(tenant)) return `${base(cloud, tenant)}/v2.0`;
  return isShared(tenant) ? `${base(cloud, "{tenantid}")}/v2.0` : null;
}
