import { baseOf } from "../web-url";

/** Paths of an account that people paste along with its address. */
const OWN_PATHS = /\/(?:\.well-known|oidc|admin2?|portal|apps|login2?|client|launch)(?:\/.*)?$/;

const ONLY_ACCOUNT = "Enter only your OneLogin address, like https://my-company.onelogin.com";

/** Origin of an account, from its address, its bare subdomain or its issuer; null for anything else. */
export function accountOf(typed: unknown): string | null {
  if (typeof typed !== "string" || /[\s?#]/.test(typed.trim())) return null;
  const text = typed.trim();
  const isSubdomain = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(text) && text !== "localhost";
  const base = baseOf(isSubdomain ? `${text}.onelogin.com` : text)?.replace(OWN_PATHS, "");
  return base && new URL(base).origin === base ? base : null;
}

export const accountProblem = (typed: string): string | null =>
  accountOf(typed) === null ? ONLY_ACCOUNT : null;

/** https://developers.onelogin.com/openid-connect/api/provider-config */
export const issuerOf = (account: string): string => `${account}/oidc/2`;
