import "server-only";
import { env } from "@/lib/kit/env";
import { isAppError } from "@/lib/kit/errors";
import { masterKey } from "@/lib/kit/master-key";
import { guardedFetch } from "@/lib/outbound/guarded-fetch";
import { shownProxies } from "@/lib/outbound/proxy";
import { clockWords, MAX_CLOCK_SKEW } from "./clock";
import { callbackUrlFor, teamDomainFor } from "./domain";
import type { Check } from "./schema";
import { clockAhead, databaseWritable, outboundPolicy } from "./store";

/** IANA keeps it for such purposes; nothing is sent but the request. */
const OUTSIDE = "https://example.com/";

const words = (error: unknown): string =>
  isAppError(error) ? error.message : "It failed for a reason that the server log has.";

const isLocal = (host: string): boolean => /^(localhost|127\.|\[::1\])/.test(host);

async function checkDatabase(): Promise<Check> {
  const label = "Writing to the database";
  try {
    await databaseWritable();
    return { id: "database", label, status: "pass", detail: "A row was written and read back." };
  } catch (error) {
    const fix = "Check the database's disk and the rights of its user, then check again.";
    return { id: "database", label, status: "warn", detail: words(error), fix };
  }
}

function checkSecret(): Check {
  const label = "Secret key";
  try {
    masterKey();
    const detail = env().secret
      ? "It comes from GATEHOUSE_SECRET."
      : "It is in the file “secret” in DATA_DIR. Back that file up: without it, stored client secrets cannot be read.";
    return { id: "secret", label, status: "pass", detail };
  } catch (error) {
    const fix = "Make DATA_DIR writable or set GATEHOUSE_SECRET, then start Gatehouse again.";
    return { id: "secret", label, status: "warn", detail: words(error), fix };
  }
}

function checkHttps(): Check {
  const { url } = env();
  const { protocol, hostname } = new URL(url);
  const label = "HTTPS for the console";
  if (protocol === "https:") return { id: "https", label, status: "pass", detail: url };
  return {
    id: "https",
    label,
    status: "warn",
    detail: isLocal(hostname)
      ? `${url} is fine for trying Gatehouse out on this machine.`
      : `${url} sends passwords over the network as they are typed.`,
    fix: "Put a reverse proxy with TLS in front, and set GATEHOUSE_URL to its https:// address.",
  };
}

/** The admin's own address bar against GATEHOUSE_URL: cookies and links only work at the latter. */
function checkAddress(openedAt: string | null): Check {
  const { url } = env();
  const label = "Address of the console";
  const host = new URL(url).host;
  if (!openedAt || openedAt === host) {
    return { id: "address", label, status: "pass", detail: url };
  }
  return {
    id: "address",
    label,
    status: "warn",
    detail: `You are at ${openedAt}, but GATEHOUSE_URL says ${url}.`,
    fix: `Open ${url} instead, or set GATEHOUSE_URL to the address you use and start Gatehouse again.`,
  };
}

async function checkClock(): Promise<Check> {
  const label = "Clocks";
  try {
    const ahead = await clockAhead();
    const detail = clockWords(ahead);
    if (Math.abs(ahead) < MAX_CLOCK_SKEW) return { id: "clock", label, status: "pass", detail };
    const fix =
      "Turn on time synchronisation (NTP) on both machines: tokens are only valid for minutes.";
    return { id: "clock", label, status: "warn", detail, fix };
  } catch (error) {
    const fix = "Check that the database answers, then check again.";
    return { id: "clock", label, status: "warn", detail: words(error), fix };
  }
}

/** Why the answer of an address of ours is not ours; null when it is. */
function foreignAnswer(answer: Response, url: string): Pick<Check, "detail" | "fix"> | null {
  if (answer.headers.has("x-request-id") && answer.status < 500) return null;
  if (/cloudflare/i.test(answer.headers.get("server") ?? "") || answer.headers.has("cf-ray")) {
    return {
      detail: `Cloudflare's proxy answered ${url} itself (HTTP ${answer.status}): it keeps every path under /cdn-cgi/ for its own use.`,
      fix: "Turn the proxy off for this host name (DNS only, the grey cloud), so that callbacks reach Gatehouse.",
    };
  }
  return {
    detail: `Something other than Gatehouse answered ${url} (HTTP ${answer.status}).`,
    fix: "Route the whole host name to Gatehouse in your reverse proxy, every path included.",
  };
}

async function checkPath(id: string, label: string, url: string): Promise<Check> {
  const { host, hostname, port, protocol } = new URL(url);
  const own = port ? host : `${hostname}:${protocol === "https:" ? 443 : 80}`;
  const { allow } = await outboundPolicy().catch(() => ({ allow: [] }));
  try {
    const answer = await guardedFetch({ allow: [...allow, own] }, { timeoutMs: 5_000 })(url);
    const foreign = foreignAnswer(answer, url);
    if (foreign) return { id, label, status: "warn", ...foreign };
    return { id, label, status: "pass", detail: url };
  } catch (error) {
    const fix =
      "Point DNS and the reverse proxy for this host at Gatehouse. If your browser can open it and this server cannot, you can go on.";
    return { id, label, status: "warn", detail: words(error), fix };
  }
}

async function checkOutbound(): Promise<Check> {
  const label = "Internet access of this server";
  try {
    await guardedFetch({ allow: [] }, { timeoutMs: 5_000 })(OUTSIDE);
    const proxy = shownProxies(env().outboundProxies).https;
    const detail = `https://example.com answered${proxy ? `, through the proxy ${proxy}` : ""}.`;
    return { id: "outbound", label, status: "pass", detail };
  } catch (error) {
    const fix =
      "Providers on the internet, such as Okta, need outgoing HTTPS: allow it in the firewall. Where a proxy is needed, set HTTPS_PROXY. Providers inside your network need only be allowed in Settings > System.";
    return { id: "outbound", label, status: "warn", detail: words(error), fix };
  }
}

/**
 * What set-up checks about the installation. `openedAt` is the host of the admin's address bar.
 * Nothing here blocks: a warning says what to change.
 */
export function selfChecks(teamName: string, openedAt: string | null): Promise<Check[]> {
  const teamDomain = teamDomainFor(env().url, env().authDomain, teamName);
  return Promise.all([
    checkDatabase(),
    checkSecret(),
    checkHttps(),
    checkAddress(openedAt),
    checkClock(),
    checkPath("health", "Team domain", `${teamDomain}/healthz`),
    checkPath("callback", "Callback from providers", callbackUrlFor(teamDomain)),
    checkOutbound(),
  ]);
}
