/** Longest path that a login remembers. */
const MAX_PATH = 2048;
/** Control characters and backslashes, as they are or escaped once: browsers and servers disagree about them. */
const MISREAD = /[\p{Cc}\\\u2028\u2029]|%(?:[01][0-9a-f]|7f|5c)/iu;
/** Two slashes at the start would name a host; so would what a server may decode to them. */
const HOSTILE_START = /^(?!\/)|^\/(?:\/|%2f)/i;

/**
 * Path and query of `text` when it is nothing but a path on `origin`, in the WHATWG spelling; null
 * for whatever else (RFC 9700 §4.11: open redirection). What comes back begins with exactly one slash.
 */
export function localPath(text: string | null | undefined, origin: string): string | null {
  if (!text || text.length > MAX_PATH) return null;
  const path = text.split(/[?#]/, 1)[0] ?? "";
  // The query may hold escapes of anything; only the path says where it leads.
  if (HOSTILE_START.test(text) || /[\p{Cc}\\\u2028\u2029]/u.test(text) || MISREAD.test(path)) {
    return null;
  }
  if (!URL.canParse(text, origin)) return null;
  const url = new URL(text, origin);
  const stays = url.origin === new URL(origin).origin && !url.username && !url.password;
  return stays && !HOSTILE_START.test(url.pathname) ? url.pathname + url.search : null;
}
