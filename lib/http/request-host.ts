import type { Snapshot } from "@/lib/gate/snapshot";

const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

/**
 * Host that a request came for, with its port, in lower case: what a trusted proxy said (the front
 * door took out anybody else's word), else the Host header. Empty when it is not a host.
 */
export function requestHost(request: Request): string {
  const said = request.headers.get("x-forwarded-host") ?? new URL(request.url).host;
  const host = said.toLowerCase();
  return HOST.test(host) ? host : "";
}

/** Whether a host, with or without the scheme's own port, is that of an origin. */
export function isHostOf(host: string, origin: string): boolean {
  const { protocol, host: expected } = new URL(origin);
  const address = `${protocol}//${host}`;
  return host !== "" && URL.canParse(address) && new URL(address).host === expected;
}

/** Whether a host is of a name that the team had until lately. */
export const wasTeamDomain = (
  { formerDomains }: Pick<Snapshot, "formerDomains">,
  host: string,
): boolean =>
  formerDomains.some(({ origin, until }) => until > Date.now() && isHostOf(host, origin));

/** The scheme that a request came with; a proxy that ends TLS says so. */
export function requestScheme(request: Request): "http" | "https" {
  const said = request.headers.get("x-forwarded-proto") ?? new URL(request.url).protocol;
  return /^https:?$/.test(said) ? "https" : "http";
}
