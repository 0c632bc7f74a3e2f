import { hashToken, randomToken } from "@/lib/kit/secrets";
import { signMeta } from "@/lib/logins/meta";
import { roundsIn } from "@/lib/logins/rounds";
import type { LoginChain } from "@/lib/logins/schema";
import { readOneCookie, serializeCookie } from "@/lib/sessions/cookies";
import { COOKIES } from "@/lib/sessions/schema";
import type { GateQuestion } from "./question";
import type { GateApplication, Snapshot } from "./snapshot";

/** Lifetime of CF_AppSession, as Cloudflare has it. */
const APP_SESSION_S = 24 * 3_600;
const TOKEN = /^[\w-]{43}$/;
/** Proxies bound a header line; what does not fit comes back to its page without the query. */
const LONGEST_PATH = 1_500;

export interface LoginAddress {
  url: string;
  /** Set-Cookie that binds what follows to this browser; the one that it has, it keeps for longer. */
  cookie: string;
}

/** Bytes beyond ASCII came unescaped, one character each. */
const escaped = (target: string): string =>
  target.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);

const fits = (path: string): boolean => encodeURIComponent(path).length <= LONGEST_PATH;

function returnPath(target: string): string {
  const whole = escaped(target.split("#", 1)[0] ?? "/");
  if (fits(whole)) return whole;
  const path = whole.split("?", 1)[0] ?? "/";
  return fits(path) ? path : "/";
}

/**
 * Where somebody signs in for an application, and comes back to the same address afterwards
 * (reference: cloudflare-access §4.1, `login/<app host>?kid&meta&redirect_url`).
 */
export function loginAddress(
  { scheme, host, target, cookie }: Pick<GateQuestion, "scheme" | "host" | "target" | "cookie">,
  application: Pick<GateApplication, "id" | "aud">,
  { teamDomain }: Pick<Snapshot, "teamDomain">,
  now: number,
  chain?: LoginChain,
): LoginAddress {
  const present = readOneCookie(cookie, COOKIES.appSession);
  const browser = present !== null && TOKEN.test(present) ? present : randomToken();
  const path = returnPath(target);
  const meta = signMeta({
    app: application.id,
    aud: application.aud,
    origin: `${scheme}://${host}`,
    path,
    browser: hashToken(browser),
    iat: Math.floor(now / 1000),
    rounds: roundsIn(cookie, application.aud) || undefined,
    chain,
  });
  const query = `kid=${application.aud}&meta=${meta}&redirect_url=${encodeURIComponent(path)}`;
  return {
    url: `${teamDomain}/cdn-cgi/access/login/${host}?${query}`,
    cookie: serializeCookie(COOKIES.appSession, browser, APP_SESSION_S, {
      https: scheme === "https",
      sameSite: "none",
    }),
  };
}
