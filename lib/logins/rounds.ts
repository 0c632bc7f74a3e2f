import { readOneCookie, serializeCookie } from "@/lib/sessions/cookies";
import { COOKIES } from "@/lib/sessions/schema";
import type { LoginMeta } from "./schema";

/**
 * Tokens that a browser is handed one after the other before it is told that it does not keep them.
 * Each takes three redirects, and browsers follow twenty.
 */
const MOST = 3;
/** Seconds. In a loop the gate is asked again at once, or after all hosts; whoever comes later begins anew. */
const HOLDS_S = 10;
const CHAIN_HOLDS_S = 60;
/** Milliseconds after which whoever loads the page again that told so may try once more. */
const TOLD_MS = 30_000;

/**
 * How often this very browser was just handed a token for this application, and came to the gate
 * without one again. It is kept in the browser, so that nobody but it can be taken for a loop: tabs
 * that are opened together all say the same number.
 */
export function roundsIn(cookies: string | null | undefined, aud: string): number {
  const value = readOneCookie(cookies, COOKIES.appRounds);
  if (value === null) return 0;
  const [application, rounds = ""] = value.split(".");
  return application === aud && /^\d$/.test(rounds) ? Number(rounds) : 0;
}

/** Set-Cookie that goes with a token; it has the attributes of CF_AppSession, which did come. */
export const roundsCookie = (
  aud: string,
  rounds: number,
  { https, inChain }: { https: boolean; inChain: boolean },
): string =>
  serializeCookie(
    COOKIES.appRounds,
    `${aud}.${Math.min(rounds, 9)}`,
    inChain ? CHAIN_HOLDS_S : HOLDS_S,
    { https, sameSite: "none" },
  );

export const isLoop = ({ rounds = 0, iat }: LoginMeta, nowMs = Date.now()): boolean =>
  rounds >= MOST && nowMs < iat * 1000 + TOLD_MS;
