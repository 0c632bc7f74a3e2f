import { baseOf } from "../web-url";

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** Domains of private Google Accounts: no ID token names one of them as `hd`. */
const PRIVATE = new Set(["gmail.com", "googlemail.com"]);

/** The domain in what an admin typed: a domain, an email address, or a web address. */
export function domainIn(typed: unknown): string | null {
  if (typeof typed !== "string") return null;
  const text = typed.trim().toLowerCase();
  const [, afterAt] = /^[^\s@/]+@([^\s@/]+)$/.exec(text) ?? [];
  const address = /^https?:\/\//.test(text) ? baseOf(text) : null;
  const domain = afterAt ?? (address ? new URL(address).hostname : text.replace(/^@/, ""));
  return DOMAIN.test(domain) ? domain : null;
}

/** What is wrong with a domain of Google Workspace, or null. */
export function domainProblem(typed: string): string | null {
  const domain = domainIn(typed);
  if (!domain) return "Enter the domain of your Google Workspace, such as acme.com";
  return PRIVATE.has(domain)
    ? `${domain} is for private accounts, which belong to no Google Workspace. Add Google instead`
    : null;
}
