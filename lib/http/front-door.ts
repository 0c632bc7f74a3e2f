import type { IncomingMessage } from "node:http";
import { clientAddress, nearestValue } from "./forwarded";
import { isRequestId, newRequestId, REQUEST_ID_HEADER } from "./request-id";
import { isScimPath } from "./scim-path";

/** Who is asking, settled once at the socket. */
export interface Caller {
  requestId: string;
  /** Client address in its one spelling, or null when the socket is already gone. */
  address: string | null;
}

const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/i;
const PROTO = /^https?$/;
/** Set here alone: a trusted proxy passed the request on, and wrote the headers that settings name. */
const BELIEVED_HEADER = "x-gatehouse-proxy";

const ALWAYS_DROPPED =
  /^(x-middleware-|x-gatehouse-|x-forwarded-(for|host|proto)$|x-request-id$|x-real-ip$)/;
const DROPPED_FROM_STRANGERS = /^(x-forwarded-|forwarded$)/;

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(",") : value;

/**
 * Rewrites the headers that say who sent a request, before Next or Hono read them: they are believed
 * only from a trusted proxy, and `x-forwarded-for` ends up as one address. Both header views of the
 * message are changed, for Next reads `headers` and Hono `rawHeaders`.
 */
export function sanitiseRequest(
  req: IncomingMessage,
  isTrusted: (address: string) => boolean,
): Caller {
  const peer = req.socket.remoteAddress ?? "";
  const { headers } = req;
  const address = clientAddress(peer, single(headers["x-forwarded-for"]), isTrusted);
  const nearest = clientAddress(peer, undefined, isTrusted);
  const believed = nearest !== null && isTrusted(nearest);

  const given = single(headers[REQUEST_ID_HEADER]);
  const requestId = believed && isRequestId(given) ? given : newRequestId();
  const settled: Record<string, string | null> = {
    [REQUEST_ID_HEADER]: requestId,
    [BELIEVED_HEADER]: believed ? "trusted" : null,
    "x-forwarded-for": address,
    "x-forwarded-host": believed ? nearestValue(single(headers["x-forwarded-host"]), HOST) : null,
    "x-forwarded-proto": believed
      ? nearestValue(single(headers["x-forwarded-proto"]), PROTO)
      : null,
  };
  replaceHeaders(req, settled, (name) =>
    believed
      ? ALWAYS_DROPPED.test(name)
      : DROPPED_FROM_STRANGERS.test(name) || ALWAYS_DROPPED.test(name),
  );
  return { requestId, address };
}

/** Whether a trusted proxy passed on a request whose headers were settled. */
export const isFromProxy = (headers: Headers): boolean =>
  headers.get(BELIEVED_HEADER) === "trusted";

function replaceHeaders(
  req: IncomingMessage,
  settled: Record<string, string | null>,
  dropped: (name: string) => boolean,
): void {
  const raw: string[] = [];
  for (let index = 0; index + 1 < req.rawHeaders.length; index += 2) {
    const name = req.rawHeaders[index] ?? "";
    if (!dropped(name.toLowerCase())) raw.push(name, req.rawHeaders[index + 1] ?? "");
  }
  for (const name of Object.keys(req.headers)) if (dropped(name)) delete req.headers[name];
  for (const [name, value] of Object.entries(settled)) {
    if (value === null) continue;
    raw.push(name, value);
    req.headers[name] = value;
  }
  req.rawHeaders = raw;
}

/** Hosts, with their ports, that the console and the team domain have. */
export interface OwnHosts {
  console: string;
  team: string;
  /** Of names that the team had. */
  former?: readonly string[];
}

/**
 * Whether the Hono app answers a request; the rest is Next's. On a team domain with a host of its own
 * nothing of the console is served, its root included, which leads to the App Launcher.
 */
export function isForMachines(url: string, host: string | undefined, own: OwnHosts): boolean {
  if (isMachinePath(url)) return true;
  const asked = plainHost(host ?? "");
  return asked !== own.console && (asked === own.team || (own.former ?? []).includes(asked));
}

/** Without the dot of an absolute name and without a scheme's own port: other spellings of one host. */
const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/\.?(:(?:80|443))?$/, "")
    .replace(/\.(?=:\d+$)/, "");

/** Paths that the Hono app answers; everything else is Next's. */
export const isMachinePath = (url: string): boolean =>
  isScimPath(url) ||
  /^\/(healthz|readyz|cdn-cgi\/access|\.well-known\/openid-configuration)(?:[/?]|$)/.test(url);

/**
 * Whether a request target is a path that can be decoded. Next answers others with errors of its own,
 * and a whole URL (`GET http://evil/ HTTP/1.1`) with a redirect to it.
 */
export function isReadablePath(url: string): boolean {
  if (!url.startsWith("/")) return false;
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/** A path as the access log may hold it: no query, no one-time token, bounded. */
export function pathForLog(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  return path
    .replace(/(\/invite\/|\/access\/test\/).+/, "$1[redacted]")
    .replace(/(?<![\w-])[\w-]{43}(?![\w-])/g, "[redacted]")
    .slice(0, 300);
}
