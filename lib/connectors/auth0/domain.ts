import { baseOf } from "../web-url";

const ONLY_DOMAIN = "Enter your whole Auth0 domain, like my-company.eu.auth0.com";
const NOT_DASHBOARD =
  "That is Auth0's dashboard. Enter the Domain that your application shows there, like my-company.eu.auth0.com";

/** Paths of a tenant that people paste along with its domain. */
const OWN_PATHS = /\/(?:\.well-known|authorize|oauth|userinfo)(?:\/.*)?$/;

/** Origin of a tenant, from its domain, its issuer or one of its addresses; null for anything else. */
export function originOf(typed: unknown): string | null {
  const base = baseOf(typed)?.replace(OWN_PATHS, "");
  if (!base || typeof typed !== "string" || /[\s?#]/.test(typed.trim())) return null;
  const { origin, hostname } = new URL(base);
  const isWhole = origin === base && /[.:]|^localhost$/.test(hostname);
  return isWhole && hostname !== "manage.auth0.com" ? origin : null;
}

/** What is wrong with a domain, or null. */
export function domainProblem(typed: string): string | null {
  if (/^(?:https?:\/\/)?manage\.auth0\.com(?:[/:?#]|$)/i.test(typed.trim())) return NOT_DASHBOARD;
  return originOf(typed) === null ? ONLY_DOMAIN : null;
}
