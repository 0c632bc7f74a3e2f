/** RFC 6265 §4.1.1: what a value may hold. */
const VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;
const PATH = /^\/[\x21-\x3a\x3c-\x7e]*$/;
const WORDS = { none: "None", lax: "Lax", strict: "Strict" } as const;

export interface CookieAttributes {
  /** Whether the browser reaches this host by https. */
  https: boolean;
  sameSite: keyof typeof WORDS;
  /** Scripts cannot read it; true when absent. */
  httpOnly?: boolean;
  /** `/` when absent. */
  path?: string;
}

/**
 * Set-Cookie (RFC 6265bis §4.1) for one host: never with Domain, so that no other host gets it.
 * `maxAge` is in seconds; 0 removes the cookie. Over http there is no Secure, and without that
 * browsers refuse SameSite=None: it becomes Lax. Throws for a value or path that would break the
 * header.
 */
export function serializeCookie(
  name: string,
  value: string,
  maxAge: number,
  { https, sameSite, httpOnly = true, path = "/" }: CookieAttributes,
): string {
  if (!VALUE.test(value) || !PATH.test(path)) throw new Error(`${name} cannot hold this value`);
  return [
    `${name}=${value}`,
    `Path=${path}`,
    `Max-Age=${Math.max(0, Math.floor(maxAge))}`,
    ...(httpOnly ? ["HttpOnly"] : []),
    ...(https ? ["Secure"] : []),
    `SameSite=${WORDS[sameSite === "none" && !https ? "lax" : sameSite]}`,
  ].join("; ");
}

/** Set-Cookie that removes a cookie; it must be set with the same path. */
export const clearCookie = (name: string, attributes: CookieAttributes): string =>
  serializeCookie(name, "", 0, attributes);

/**
 * All values of one name in a Cookie header, in the order sent, as they stand. Names are compared
 * byte for byte. A browser that sends two may have got one of them from a neighbouring host.
 */
export function readCookies(header: string | null | undefined, name: string): string[] {
  if (!header?.includes(name)) return [];
  const values: string[] = [];
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) values.push(pair.slice(at + 1).trim());
  }
  return values;
}

/** A Cookie header without what `readCookies` finds under one name; "" when nothing is left. */
export function withoutCookie(header: string | null | undefined, name: string): string {
  if (!header?.includes(name)) return header ?? "";
  const kept = header.split(";").filter((pair) => pair.split("=", 1)[0]?.trim() !== name);
  return kept.join(";").trim();
}

/** The value of a name that came exactly once; two are as good as none. */
export function readOneCookie(header: string | null | undefined, name: string): string | null {
  const [value, ...others] = readCookies(header, name);
  return value !== undefined && others.length === 0 ? value : null;
}
