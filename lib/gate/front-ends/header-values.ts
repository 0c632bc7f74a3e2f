import { canonicalAddress } from "@/lib/http/forwarded";
import type { Asked, ProxyProblem, ProxyProblemCode } from "./schema";

/** Thrown inside a front end's `read`, and caught by `reading`. */
class Refused extends Error {
  constructor(
    readonly problem: ProxyProblemCode,
    readonly detail: string,
  ) {
    super(detail);
  }
}

export function refuse(problem: ProxyProblemCode, detail: string): never {
  throw new Refused(problem, detail);
}

/** Runs a strict reading; what it refuses becomes the problem. */
export function reading<T>(host: () => string | null, read: () => T): T | ProxyProblem {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { problem: error.problem, detail: error.detail, host: host() };
  }
}

/** RFC 9110 §5.6.2. */
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/;
const HOST = /^(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[1-9]\d{0,4})?$/;
/** What a request line can hold: no blank, no control character. */
const TARGET = /^\/[\x21-\x7e\x80-\xff]*$/;
const MAX_HOPS = 20;

/** A header that must be there once. `", "` is how node:http joins several of one name. */
function once(asked: Asked, name: string): string {
  const value = asked.header(name);
  if (value === undefined) refuse("missing_header", `${name} is missing`);
  if (value === "") refuse("malformed_header", `${name} is empty`);
  if (value.includes(", ")) refuse("repeated_header", `${name} is there more than once`);
  return value;
}

export function methodIn(asked: Asked, name: string): string {
  const value = once(asked, name);
  return METHOD.test(value)
    ? value
    : refuse("malformed_header", `${name} does not hold the name of a method`);
}

export function schemeIn(asked: Asked, name: string): "http" | "https" {
  const value = once(asked, name);
  // Traefik names the scheme of a WebSocket.
  if (value === "https" || value === "wss") return "https";
  if (value === "http" || value === "ws") return "http";
  return refuse("malformed_header", `${name} holds neither http nor https`);
}

/** Lower case, and not longer than a name can be. */
export function readHost(text: string): string | null {
  const host = text.toLowerCase();
  return host.length <= 260 && HOST.test(host) ? host : null;
}

export const hostIn = (asked: Asked, name: string): string =>
  readHost(once(asked, name)) ?? refuse("malformed_header", `${name} does not hold a host`);

export function targetIn(asked: Asked, name: string): string {
  const value = asked.header(name);
  if (value === undefined) refuse("missing_header", `${name} is missing`);
  return checkTarget(value, name);
}

export const checkTarget = (value: string, name: string): string =>
  TARGET.test(value)
    ? value
    : refuse("malformed_header", `${name} does not hold a path that starts with a slash`);

/**
 * The client: X-Forwarded-For, walked from its end for as long as the hop that wrote an entry is
 * trusted. Unlike for the console, a chain that cannot be walked is refused: the address of the proxy
 * itself must never stand for a client's.
 */
export function clientIn(asked: Asked, name = "x-forwarded-for"): string {
  const chain = asked.header(name);
  if (chain === undefined) refuse("missing_header", `${name} is missing`);
  const hops = chain.includes(",") ? chain.split(",") : [chain];
  let client: string | null = null;
  for (let index = hops.length - 1; index >= Math.max(0, hops.length - MAX_HOPS); index--) {
    client = canonicalAddress(hops[index] ?? "");
    if (client === null) refuse("malformed_header", `${name} holds something that is no address`);
    if (!asked.isTrusted(client)) return client;
  }
  return client ?? refuse("malformed_header", `${name} holds no address`);
}
