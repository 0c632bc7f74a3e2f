import type { Context } from "hono";
import { clientAddress } from "@/lib/admins/client-address";
import { countryOf } from "@/lib/gate/country";
import type { Snapshot } from "@/lib/gate/snapshot";
import { gate } from "@/lib/gate/state";
import { hashToken, randomToken } from "@/lib/kit/secrets";
import type { Visitor } from "@/lib/logins/visitor";
import { readOneCookie, serializeCookie } from "@/lib/sessions/cookies";
import { COOKIES } from "@/lib/sessions/schema";
import { isFromProxy } from "./front-door";
import { requestHost } from "./request-host";

/** Milliseconds after which what is known of the settings is too old to let anybody in by. */
const TOO_OLD_MS = 15_000;
/** Lifetimes as Cloudflare has them. */
const TEAM_SESSION_S = 4 * 3600;

/** A person's visit to the pages of the data plane. */
export interface Visit extends Visitor {
  snapshot: Snapshot;
  /** Host with its port, as the browser asked for it. */
  host: string;
  cookies: string | null;
  query: URLSearchParams;
}

/** Null while nobody can tell what holds: then nobody is let in. */
export async function visitOf(c: Context): Promise<Visit | null> {
  const state = gate();
  await state.ready();
  const snapshot = state.snapshot();
  if (!snapshot || !state.freshFor(TOO_OLD_MS)) return null;
  const { headers } = c.req.raw;
  return {
    snapshot,
    host: requestHost(c.req.raw),
    cookies: headers.get("cookie"),
    query: new URL(c.req.url).searchParams,
    ip: clientAddress(headers),
    country: isFromProxy(headers)
      ? countryOf((name) => headers.get(name), snapshot.countryHeader)
      : null,
    userAgent: headers.get("user-agent"),
  };
}

export const isHttps = (origin: string): boolean => origin.startsWith("https:");

const isToken = (value: string | null): value is string =>
  value !== null && /^[\w-]{43}$/.test(value);

/** The browser's own CF_Session cookie on the team domain; null without a usable one. */
export const teamBrowser = ({ cookies }: Visit): string | null => {
  const value = readOneCookie(cookies, COOKIES.session);
  return isToken(value) ? value : null;
};

/** The same, made when there is none; it is kept for as long again as a login may take. */
export function ensureTeamBrowser(c: Context, visit: Visit): string {
  const value = teamBrowser(visit) ?? randomToken();
  const attributes = { https: isHttps(visit.snapshot.teamDomain), sameSite: "none" } as const;
  const cookie = serializeCookie(COOKIES.session, value, TEAM_SESSION_S, attributes);
  c.header("set-cookie", cookie, { append: true });
  return value;
}

/** Hash of the CF_AppSession cookie on an application's host; null when no usable one came once. */
export function applicationBrowser({ cookies }: Visit): string | null {
  const value = readOneCookie(cookies, COOKIES.appSession);
  return isToken(value) ? hashToken(value) : null;
}
