import { baseOf, splitAt } from "../web-url";

const WITHOUT_ADMIN = "Use your Okta domain without -admin";
const ONLY_DOMAIN = "Enter only your Okta domain, like https://my-company.okta.com";

/** `my-company-admin.okta.com` is the admin console, which answers no sign-in. */
const isAdminConsole = (host: string) =>
  /^[^.]+-admin\.(okta|oktapreview|okta-emea|okta-gov|okta\.mil|trex-govcloud)\./.test(`${host}.`);

/** What is wrong with an Okta account URL, or null. */
export function accountProblem(typed: string): string | null {
  const base = baseOf(typed);
  if (!base || /\s/.test(typed.trim())) return ONLY_DOMAIN;
  const url = new URL(base);
  if (isAdminConsole(url.hostname)) return WITHOUT_ADMIN;
  if (!/[.:]|^localhost$/.test(url.hostname)) return ONLY_DOMAIN;
  return url.origin === base && !/[?#]/.test(typed) ? null : ONLY_DOMAIN;
}

export const accountOrigin = (typed: string): string => baseOf(typed) ?? typed;

/** An issuer or discovery URL pasted whole, taken apart; null for anything else. */
export function splitIssuer(typed: unknown): { account: string; server: string } | null {
  const custom = splitAt(typed, "/oauth2/");
  if (custom && custom.segment !== "v1") return { account: custom.base, server: custom.segment };
  const base = baseOf(typed);
  const bare = base?.replace(/\/(\.well-known|oauth2)(\/.*)?$/, "");
  return base && bare && bare !== base ? { account: bare, server: "" } : null;
}

/** The org authorization server lives under the domain itself, a custom one under its own id. */
export const issuerOf = (account: string, server: string | undefined): string =>
  server ? `${account}/oauth2/${server}` : account;

export const endpointBase = (account: string, server: string | undefined): string =>
  `${account}/oauth2/${server ? `${server}/` : ""}v1`;
