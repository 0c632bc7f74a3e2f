import type { OutboundProxies } from "@/lib/kit/env";
import { contains, networks, plainAddress } from "./addresses";
import { plainHost, readEntry } from "./allow-list";

const loopback = networks(["127.0.0.0/8", "::1"]);

function isLoopback(host: string): boolean {
  const address = plainAddress(host);
  if (address !== null) return contains(loopback, address);
  return host === "localhost" || host.endsWith(".localhost");
}

/** Whether an entry of NO_PROXY names a host: exactly, as a suffix, by its network, or with `*`. */
function excludes(entry: string, host: string, port: number): boolean {
  if (entry === "*") return true;
  const address = plainAddress(host);
  if (address !== null && contains(networks([entry]), address)) return true;
  const named = readEntry(entry);
  if (named.port !== null && named.port !== port) return false;
  const suffix = named.host.replace(/^\*?\./, "");
  return suffix !== "" && (host === suffix || (address === null && host.endsWith(`.${suffix}`)));
}

/** The proxy that a request goes through, or null when it goes straight: this machine always does. */
export function proxyFor(proxies: OutboundProxies, url: URL): URL | null {
  const proxy = url.protocol === "https:" ? proxies.https : proxies.http;
  if (proxy === null) return null;
  const host = plainHost(url.hostname);
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  if (isLoopback(host)) return null;
  return proxies.noProxy.some((entry) => excludes(entry, host, port)) ? null : new URL(proxy);
}

/** The proxies as they may be shown: without their credentials. */
export const shownProxies = ({ https, http, noProxy }: OutboundProxies) => ({
  https: https && shownProxy(https),
  http: http && shownProxy(http),
  noProxy,
});

/** A proxy as it may be shown: without its credentials. */
export function shownProxy(proxy: string): string {
  const { protocol, host, hostname, port } = new URL(proxy);
  const usual = protocol === "https:" ? 443 : 80;
  return port ? host : `${hostname}:${usual}`;
}
