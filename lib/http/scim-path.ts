/** Content type of every SCIM answer (RFC 7644 §8.1). */
export const SCIM_TYPE = "application/scim+json; charset=utf-8";

const PREFIX = "/scim/v2";

/** Whether a request target is one of a SCIM endpoint. Other spellings of the path are nobody's. */
export const isScimPath = (url: string): boolean => /^\/scim\/v2(?:[/?]|$)/.test(url);

/**
 * The login method and what follows it, in a path as the client spelled it: `/scim/v2/<id>/Users/<id>`.
 * Null where something cannot be decoded, or decodes to what could be read as another path.
 */
export function splitScimPath(path: string): { loginMethodId: string; segments: string[] } | null {
  if (!isScimPath(path)) return null;
  const raw = path.slice(PREFIX.length).replace(/\/$/, "").split("/").slice(1);
  const segments: string[] = [];
  for (const part of raw) {
    const segment = decoded(part);
    if (segment === null) return null;
    segments.push(segment);
  }
  const [loginMethodId = "", ...rest] = segments;
  return { loginMethodId, segments: rest };
}

function decoded(part: string): string | null {
  try {
    const text = decodeURIComponent(part);
    return text === "" || text === "." || text === ".." || /[/\\;\p{Cc}]/u.test(text) ? null : text;
  } catch {
    return null;
  }
}
