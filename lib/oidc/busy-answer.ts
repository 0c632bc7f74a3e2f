import { duration } from "./duration";
import { factsOf } from "./failure";
import { looksLikeHtml } from "./parse-json";
import type { Fact } from "./schema";

const HEADERS = ["cf-mitigated", "x-amzn-waf-action", "x-datadome", "x-sucuri-block"];
const WORDS =
  /just a moment|attention required|checking your browser|verif(?:y|ying) (?:that )?you are (?:a )?human|are you a robot|captcha|cf-chl|incapsula|ddos protection|request unsuccessful|access denied[\s\S]{0,400}reference #/i;
/** Where the words are looked for; a challenge says them at its beginning. */
const MOST = 8192;

/**
 * What shows that a bot check answered in place of the provider, in words, or null. The words of a
 * page count only with a status that refuses: a provider's own pages may speak of captchas too.
 */
export function botCheckIn(status: number, headers: Headers, body: string): string | null {
  const header = HEADERS.find((name) => headers.has(name));
  if (header) return `the header ${header}`;
  if (![403, 429, 503].includes(status) || !looksLikeHtml(body)) return null;
  const said = WORDS.exec(body.slice(0, MOST))?.[0];
  return said ? `the page says "${said.slice(0, 40)}"` : null;
}

/** When a busy endpoint answers again: seconds, or a date (RFC 9110 §10.2.3). `now` in seconds. */
export function retryAfter(headers: Headers, now: number): string | null {
  const stated = headers.get("retry-after") ?? "";
  const seconds = /^\d{1,6}$/.test(stated) ? Number(stated) : Date.parse(stated) / 1000 - now;
  return Number.isFinite(seconds) ? duration(Math.max(seconds, 1)) : null;
}

type Busy<E extends string> = {
  code: `${E}_blocked_by_check` | `${E}_rate_limited`;
  facts: Fact[];
};

/** An endpoint that does not answer because of who asks, or how often; null for any other answer. */
export function busyAnswer<E extends "jwks" | "token" | "userinfo">(
  endpoint: E,
  { status, headers, body }: { status: number; headers: Headers; body: string },
  now = Math.floor(Date.now() / 1000),
): Busy<E> | null {
  const sign = botCheckIn(status, headers, body);
  const facts = { "HTTP status": status, "Sign of a bot check": sign };
  if (sign) return { code: `${endpoint}_blocked_by_check`, facts: factsOf(facts) };
  if (status !== 429) return null;
  const again = { ...facts, "Allowed again in": retryAfter(headers, now) };
  return { code: `${endpoint}_rate_limited`, facts: factsOf(again) };
}
