import { type Context, Hono } from "hono";
import type { AccessReason } from "@/lib/access-log/schema";
import { foldCase } from "@/lib/applications/destination";
import { coversHost, indexHosts } from "@/lib/gate/host-index";
import type { GateApplication } from "@/lib/gate/snapshot";
import { sameText } from "@/lib/kit/secrets";
import { freshMeta } from "@/lib/logins/aim";
import { type Carried, spendHandoff } from "@/lib/logins/handoffs/store";
import { roundsCookie } from "@/lib/logins/rounds";
import type { LoginMeta } from "@/lib/logins/schema";
import { readCookies, serializeCookie } from "@/lib/sessions/cookies";
import { SHORTEST_TOKEN_MS } from "@/lib/sessions/mint";
import { COOKIES } from "@/lib/sessions/schema";
import { dataPlane } from "./data-plane";
import { chainFrom, endOf, nextInChain } from "./eager";
import { failedPage } from "./login-failure";
import * as words from "./login-words";
import { byPeople, withVisit } from "./people";
import type { PlainPage } from "./plain-page";
import { isHostOf } from "./request-host";
import { applicationBrowser, isHttps, type Visit } from "./visit";

/** The application that was signed in to, while it still stands at this host. */
function applicationOf({ snapshot, host }: Visit, meta: LoginMeta): GateApplication | null {
  const application = snapshot.applications.get(meta.app);
  if (!application?.enabled || application.aud !== meta.aud) return null;
  return coversHost({ hosts: indexHosts([application]) }, host) ? application : null;
}

/**
 * Path of the cookie where an application wants its own: the literal beginning of its path, as the
 * person spelled it, for browsers tell capital letters from small ones here.
 */
function cookiePath(application: GateApplication, host: string, asked: string): string {
  if (!application.settings.path_cookie_attribute) return "/";
  const name = host.replace(/:\d+$/, "");
  const own = application.destinations.filter((one) => one.host === host || one.host === name);
  const [only, ...others] = own;
  const path = only && others.length === 0 ? (only.path.split("*", 1)[0] ?? "") : "";
  const literal = path.replace(/\/+$/, "") || "/";
  const spelled = asked.slice(0, literal.length);
  return foldCase(spelled) === foldCase(literal) ? spelled : literal;
}

function setCookies(
  c: Context,
  application: GateApplication,
  { origin, path: asked, rounds = 0 }: LoginMeta,
  { token, binding, expiresAt }: Carried,
  { inChain }: { inChain: boolean },
): void {
  const { http_only_cookie_attribute: httpOnly, same_site_cookie_attribute: sameSite } =
    application.settings;
  const https = isHttps(origin);
  const path = cookiePath(application, new URL(origin).host, asked);
  const seconds = (expiresAt - Date.now()) / 1000;
  const cookies = [
    serializeCookie(COOKIES.authorization, token, seconds, { https, sameSite, httpOnly, path }),
    ...(binding
      ? [serializeCookie(COOKIES.binding, binding, seconds, { https, sameSite: "none", path })]
      : []),
    roundsCookie(application.aud, rounds + 1, { https, inChain }),
  ];
  for (const cookie of cookies) c.header("set-cookie", cookie, { append: true });
}

const isNonce = (text: string | null): text is string => text !== null && /^[\w-]{43}$/.test(text);

/** A token that ends at once is asked of the provider each time; a chain would do so at each host. */
const isLasting = ({ expiresAt }: Carried): boolean => expiresAt > Date.now() + SHORTEST_TOKEN_MS;

function arrive(
  c: Context,
  visit: Visit,
  application: GateApplication,
  meta: LoginMeta,
  carried: Carried,
): Response {
  // Not again for a browser that keeps none of it.
  const begins = !meta.chain && !meta.rounds && isLasting(carried);
  const chain = meta.chain ?? (begins ? chainFrom(visit, application, meta) : null);
  setCookies(c, application, meta, carried, { inChain: chain !== null });
  return chain ? nextInChain(c, meta, chain) : c.redirect(endOf(meta), 302);
}

/**
 * Where a sign-in ends on the application's host: the browser that began there fetches its token, once
 * (reference: cloudflare-access §4.1). The path to go on to was signed, and stays on this host.
 */
async function authorized(c: Context, visit: Visit): Promise<Response> {
  const { query, host } = visit;
  const meta = freshMeta(query.get("state"));
  const nonce = query.get("nonce");
  const refuse = (
    status: 400 | 403,
    page: PlainPage,
    reason: AccessReason,
    application: GateApplication | null = null,
  ) =>
    failedPage(c, visit, {
      ...{ status, page, reason, login: meta?.login },
      aim: { application, host },
    });
  if (!meta || !isNonce(nonce)) return refuse(400, words.badState(), "bad_login_link");
  if (!isHostOf(host, meta.origin)) return refuse(400, words.stateOfOtherHost(), "other_host");
  const application = applicationOf(visit, meta);
  if (!application) return refuse(403, words.applicationGone(), "application_disabled");
  const browserHash = applicationBrowser(visit);
  const target = endOf(meta);
  if (browserHash === null) {
    // One host on the way does not keep anybody from where they want to go.
    if (meta.chain) return c.redirect(target, 302);
    return refuse(403, words.notThisBrowser(), "no_browser_cookie", application);
  }
  // Of tabs that were opened together, one has set the cookie; or it is somebody else's sign-in. Either
  // way this browser begins anew, with the cookie that it has: nothing of that sign-in is used.
  if (!sameText(browserHash, meta.browser)) return c.redirect(target, 302);
  const wanted = { applicationId: application.id, host: new URL(meta.origin).host, browserHash };
  const carried = await spendHandoff(dataPlane, nonce, wanted);
  if (carried) return arrive(c, visit, application, meta, carried);
  // Back and Reload: the gate looks at the cookie that is there.
  if (readCookies(visit.cookies, COOKIES.authorization).length > 0) return c.redirect(target, 302);
  const link = { href: target, label: `Open ${application.name}` };
  return refuse(403, { ...words.handoffSpent(), link }, "handoff_spent", application);
}

export const authorizedDoor = new Hono()
  .use("/authorized", byPeople)
  .all("/authorized", withVisit(authorized));
