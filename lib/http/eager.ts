import { type Context, Hono } from "hono";
import { onlyApplication } from "@/lib/gate/host-index";
import { loginAddress } from "@/lib/gate/login-address";
import type { GateApplication } from "@/lib/gate/snapshot";
import { freshMeta } from "@/lib/logins/aim";
import { localPath } from "@/lib/logins/local-path";
import { signMeta } from "@/lib/logins/meta";
import type { LoginChain, LoginMeta } from "@/lib/logins/schema";
import { wordsPage } from "./answer";
import { failedPage } from "./login-failure";
import * as words from "./login-words";
import { byPeople, withVisit } from "./people";
import { isHostOf } from "./request-host";
import { isHttps, type Visit } from "./visit";

/** Hosts beside the first (reference: cloudflare-access §4.2, "unreliable beyond 10"). */
const MOST_HOSTS = 9;
/** Characters of their names: the meta that holds them is part of an address. */
const MOST_TEXT = 400;
/** Each host takes three redirects, and browsers follow twenty; a page in between begins a new count. */
const HOSTS_A_PAGE = 3;

/** Address to go to in the end. */
export const endOf = ({ chain, origin, path }: LoginMeta): string => {
  const back = chain?.back ?? origin;
  return back + (localPath(path, back) ?? "/");
};

/**
 * The application's other hosts, where its scripts may want a token before anybody opens them by hand.
 * Only those that are its own whatever the path: elsewhere the cookie would replace a neighbour's.
 */
export function chainFrom(
  { snapshot }: Visit,
  application: GateApplication,
  { origin }: LoginMeta,
): LoginChain | null {
  if (!application.settings.eager_redirect_cookie_setting) return null;
  const { host: first, port } = new URL(origin);
  const named = application.destinations
    .filter(({ host }) => !host.includes("*") && onlyApplication(snapshot, host) === application)
    .map(({ host }) => (/:\d+$/.test(host) || !port ? host : `${host}:${port}`));
  const hosts: string[] = [];
  for (const host of new Set(named)) {
    const fits = hosts.length < MOST_HOSTS && [...hosts, host].join().length <= MOST_TEXT;
    if (fits && host !== first) hosts.push(host);
  }
  return hosts.length > 0 ? { back: origin, hosts } : null;
}

/** Leads on to the next host of a chain; after the last one, back. */
export function nextInChain(c: Context, meta: LoginMeta, chain: LoginChain): Response {
  const { back, hosts } = chain;
  const [host] = hosts;
  if (host === undefined) return c.redirect(endOf(meta), 302);
  const state = encodeURIComponent(signMeta({ ...meta, chain, login: undefined }));
  const url = `${new URL(back).protocol}//${host}/cdn-cgi/access/eager?state=${state}`;
  if (hosts.length % HOSTS_A_PAGE !== 0) return c.redirect(url, 302);
  return wordsPage(c, { ...words.signingInElsewhere(hosts.length), goTo: url });
}

/** On the next host: what its gate would do, but that the way leads back to where it began. */
async function eager(c: Context, visit: Visit): Promise<Response> {
  const { snapshot, query, cookies } = visit;
  const meta = freshMeta(query.get("state"));
  const [host, ...hosts] = meta?.chain?.hosts ?? [];
  if (!meta?.chain || host === undefined) {
    return failedPage(c, visit, { status: 400, page: words.badState(), reason: "bad_login_link" });
  }
  const { back } = meta.chain;
  const { protocol } = new URL(back);
  if (!isHostOf(visit.host, `${protocol}//${host}`)) {
    return failedPage(c, visit, {
      status: 400,
      page: words.stateOfOtherHost(),
      reason: "other_host",
    });
  }
  const application = snapshot.applications.get(meta.app);
  if (application?.enabled !== true || onlyApplication(snapshot, host) !== application) {
    return c.redirect(endOf(meta), 302);
  }
  const scheme = isHttps(back) ? "https" : "http";
  const question = { scheme, host, target: meta.path, cookie: cookies ?? undefined } as const;
  const login = loginAddress(question, application, snapshot, Date.now(), { back, hosts });
  c.header("set-cookie", login.cookie, { append: true });
  return c.redirect(login.url, 302);
}

/** Where a chain comes by on each host of an application. */
export const eagerDoor = new Hono().use("/eager", byPeople).all("/eager", withVisit(eager));
