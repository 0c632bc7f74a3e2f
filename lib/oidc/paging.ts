import { duration } from "./duration";
import type { Run } from "./run";

/** Address without its query: what a token may be sent to again. */
export const place = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

/** The target of `rel="next"` (RFC 8288 §3), which may be relative to the page. */
export function nextLink(header: string | null, page: URL): URL | null {
  for (const [, target = "", parameters = ""] of (header ?? "").matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (!/;\s*rel\s*=\s*"?next\b/i.test(parameters)) continue;
    if (!URL.canParse(target, page.href)) continue;
    return new URL(target, page.href);
  }
  return null;
}

/** Whether a next page may be asked for with the token of the first: same origin and path, no user name. */
export const isSamePlace = (next: URL, first: URL): boolean =>
  place(next) === place(first) && !next.username && !next.password;

const numberIn = (headers: Headers, name: string): number =>
  Number(headers.get(name) ?? Number.NaN);

/**
 * In how long a provider answers again, in words. `resetHeader` holds a time in seconds since 1970;
 * the standard `Retry-After` (RFC 9110 §10.2.3) a number of seconds.
 */
export function waitTime(run: Run, headers: Headers, resetHeader: string): string | null {
  const reset = numberIn(headers, resetHeader) - run.now();
  const retry = numberIn(headers, "retry-after");
  const seconds = Number.isFinite(reset) ? reset : retry;
  return Number.isFinite(seconds) ? duration(Math.max(seconds, 1)) : null;
}
