import { findApplication } from "@/lib/gate/host-index";
import type { GateApplication, Snapshot } from "@/lib/gate/snapshot";
import { localPath } from "./local-path";
import { readMeta, signMeta } from "./meta";
import { type LoginMeta, type LoginTarget, META_SECONDS } from "./schema";

/** Where somebody wants to go who opened the login page. */
export interface Aim {
  /** Null for the App Launcher. */
  application: GateApplication | null;
  /** With its port, as the login page's address has it. */
  host: string;
  /** What the gate signed; null when the page was opened by hand, or with one that is too old. */
  meta: LoginMeta | null;
  /** Where the browser goes in the end; of the App Launcher, nothing. */
  url: string;
  path: string;
}

const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/;
/** Seconds by which the clocks of two instances may differ. */
const SKEW_S = 60;

const isFresh = ({ iat }: LoginMeta, nowMs: number): boolean =>
  iat * 1000 <= nowMs + SKEW_S * 1000 && nowMs < (iat + META_SECONDS) * 1000;

/** The meta of an address while it holds. */
export function freshMeta(text: string | null, nowMs = Date.now()): LoginMeta | null {
  const meta = text ? readMeta(text) : null;
  return meta && isFresh(meta, nowMs) ? meta : null;
}

function signedAim(snapshot: Snapshot, host: string, meta: LoginMeta | null): Aim | null {
  if (!meta) return null;
  const application = snapshot.applications.get(meta.app);
  if (application?.aud !== meta.aud || new URL(meta.origin).host !== host) return null;
  const path = localPath(meta.path, meta.origin) ?? "/";
  return { application, host, meta, path, url: meta.origin + path };
}

/**
 * What the login page for `host` leads to, by its query: `kid` (aud of the application), `meta` and
 * `redirect_url`. Null when there is no such application. Only what the gate signed, or a host that
 * an application covers, is ever an address to go to.
 */
export function aimOf(
  snapshot: Snapshot,
  hostText: string,
  query: URLSearchParams,
  nowMs = Date.now(),
): Aim | null {
  const { protocol, host: teamHost } = new URL(snapshot.teamDomain);
  const name = hostText.toLowerCase();
  if (!HOST.test(name) || !URL.canParse(`${protocol}//${name}`)) return null;
  const { origin, host } = new URL(`${protocol}//${name}`);
  if (host === teamHost) return { application: null, host, meta: null, path: "/", url: "" };

  const kid = query.get("kid");
  const signed = signedAim(snapshot, name, freshMeta(query.get("meta"), nowMs));
  if (signed && (!kid || kid === signed.application?.aud)) return signed;

  const path = localPath(query.get("redirect_url"), origin) ?? "/";
  const application = findApplication(snapshot, host, path);
  if (!application || (kid && kid !== application.aud && snapshot.byAud.has(kid))) {
    return coveredBy(snapshot, kid, host, origin);
  }
  return { application, host, meta: null, path, url: origin + path };
}

/** An application that is named by its aud and covers some path of the host. */
function coveredBy(
  snapshot: Snapshot,
  kid: string | null,
  host: string,
  origin: string,
): Aim | null {
  const application = kid ? snapshot.byAud.get(kid) : undefined;
  for (const destination of application?.destinations ?? []) {
    const path = destination.path.replaceAll("*", "") || "/";
    if (application && findApplication(snapshot, host, path) === application) {
      return { application, host, meta: null, path, url: origin + path };
    }
  }
  return null;
}

export const targetOf = (
  { application, host, path, meta }: Aim,
  { otherAccount }: Pick<LoginTarget, "otherAccount">,
): LoginTarget => ({
  applicationId: application?.id ?? null,
  host,
  path,
  meta,
  otherAccount,
});

/** The aim of a login that began earlier; null when its application is gone. */
export function aimOfTarget(snapshot: Snapshot, target: LoginTarget): Aim | null {
  const { applicationId, host, path, meta } = target;
  if (applicationId === null) {
    return { application: null, host: host ?? "", meta: null, path: "/", url: "" };
  }
  const application = snapshot.applications.get(applicationId);
  if (!application || !host) return null;
  const { protocol } = new URL(snapshot.teamDomain);
  const origin = meta?.origin ?? `${protocol}//${host}`;
  return { application, host, meta, path, url: origin + path };
}

/** The query that keeps an aim from page to page. */
export function queryOf({ application, path, meta }: Aim): URLSearchParams {
  if (!application) return new URLSearchParams();
  const query = new URLSearchParams({ kid: application.aud });
  if (meta) query.set("meta", signMeta(meta));
  query.set("redirect_url", path);
  return query;
}
