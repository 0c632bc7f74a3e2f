/** A web address as typed, or null; it is kept as text, because `URL.href` adds the slash that breaks exact comparison. */
export function parseWebUrl(value: unknown): URL | null {
  if (typeof value !== "string" || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === "https:" || url.protocol === "http:" ? url : null;
}

/** What is wrong with an address, in words that name its field, or null. */
export function webUrlProblem(label: string, value: string): string | null {
  if (value === "") return `Enter the ${label}`;
  const url = parseWebUrl(value);
  if (!url || !/^https?:\/\//i.test(value)) return `${label} must start with https://`;
  if (/\s/.test(value)) return `${label} must not contain spaces`;
  if (url.username || url.password) return `${label} must not contain a user name or password`;
  if (url.hash || value.includes("#")) return `${label} must not contain a # part`;
  return null;
}

/** Longer than any field takes, and short enough for every pattern that reads an address. */
const LONGEST = 4096;

/**
 * Base address of a self-hosted provider: origin and path without the slash at the end, or null.
 * A missing scheme is read as https.
 */
export function baseOf(typed: unknown): string | null {
  if (typeof typed !== "string" || typed.length > LONGEST || typed.trim() === "") return null;
  const text = typed.trim();
  const url = parseWebUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || url.username || url.password || !url.hostname) return null;
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** Splits an address at a marker in its path, such as `/realms/`: what stands before, and the next segment. */
export function splitAt(typed: unknown, marker: string): { base: string; segment: string } | null {
  const address = baseOf(typed);
  const at = address?.indexOf(marker) ?? -1;
  if (!address || at < 0) return null;
  const [segment = ""] = address.slice(at + marker.length).split("/");
  return segment === "" ? null : { base: address.slice(0, at), segment };
}
