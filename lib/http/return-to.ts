import { parseDestination } from "@/lib/applications/destination";
import { localPath } from "@/lib/logins/local-path";

const MAX_LENGTH = 2048;

/** One `*` stands for any text within a label. */
function covers(pattern: string, host: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^.]*");
  return new RegExp(`^${escaped}$`).test(host);
}

interface Homes {
  /** Origin of the team domain. */
  teamDomain: string;
  /** Origin that the browser is on. */
  here: string;
  /** Hosts and paths of applications. */
  destinations: readonly string[];
}

/** Schemes: applications have none of their own; http is good enough only where the team domain has it. */
const isFittingScheme = ({ protocol }: URL, { teamDomain }: Homes): boolean =>
  protocol === "https:" || (protocol === "http:" && teamDomain.startsWith("http:"));

/**
 * Where somebody may be led who signed out: a path on the host that they are on, the team domain, or
 * the host of an application. Null for any other text (RFC 9700 §4.11: open redirection). What comes
 * back is in the WHATWG spelling.
 */
export function returnAddress(text: string | null | undefined, homes: Homes): string | null {
  if (!text || text.length > MAX_LENGTH) return null;
  const path = localPath(text, homes.here);
  if (path) return new URL(path, homes.here).href;
  // Only what is spelled as a whole address, and as one alone.
  if (!/^https?:\/\/[^/\\@\s]/i.test(text) || /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\\]/u.test(text))
    return null;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username || url.password) return null;
  if (url.origin === homes.teamDomain || url.origin === homes.here) return url.href;
  if (!isFittingScheme(url, homes)) return null;
  const covered = homes.destinations.some((destination) => {
    const host = parseDestination(destination)?.host;
    return host !== undefined && covers(host, url.host);
  });
  return covered ? url.href : null;
}
