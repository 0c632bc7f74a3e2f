const BASE = "http://console.invalid";
/** Where nobody should land after signing in: answers of a machine, or the way in itself. */
const NOT_A_PAGE = /^\/(?:api|cdn-cgi|login|setup|invite|_next)(?:\/|$)/;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "//";
  }
}

/**
 * A path of our own origin to go to after signing in, or `/` for anything that a browser, or a
 * proxy that decodes once more, could take for another origin: `//evil`, `/\evil`, `/%2f%2fevil`.
 */
export function safeCallbackPath(value: unknown): string {
  if (typeof value !== "string" || value.length > 2_000 || !/^\/[^\s\\]*$/.test(value)) return "/";
  if (!URL.canParse(value, BASE)) return "/";
  const { origin, pathname, search, hash } = new URL(value, BASE);
  const twice = decoded(decoded(pathname));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (origin !== BASE || /\/\/|[\\\u0000-\u001f\u007f]/.test(twice)) return "/";
  return NOT_A_PAGE.test(pathname) ? "/" : `${pathname}${search}${hash}`;
}
