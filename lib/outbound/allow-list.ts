import { contains, networks, plainAddress, type Reach, reachOf } from "./addresses";
import type { OutboundPolicy } from "./schema";

export interface AllowList {
  /** Whether the host is named, with this port or without one. */
  names(host: string, port: number): boolean;
  /** Whether an address lies in an allowed network. */
  covers(address: string): boolean;
  /** Whether a connection of `host` to `address` is allowed, and if not, what kind of address it is. */
  judge(host: string, port: number, address: string): { allowed: boolean; reach: Reach };
}

/** Host names as they are compared: lower case, no brackets, no root dot. */
export const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");

/** `host` or `host:port`, as lists of hosts name it. */
export function readEntry(entry: string): { host: string; port: number | null } {
  const [, host = entry, port] = /^(.*[^:]|\[.*\]):(\d{1,5})$/.exec(entry) ?? [];
  return plainAddress(entry) === null && port !== undefined
    ? { host: plainHost(host), port: Number(port) }
    : { host: plainHost(entry), port: null };
}

/** Reads a policy once. Entries that are not understood allow nothing. */
export function readAllowList(policy: OutboundPolicy): AllowList {
  const blocks = networks(policy.allow.map((entry) => entry.replace(/^\[|\]$/g, "")));
  const hosts = policy.allow.map(readEntry);
  const names = (host: string, port: number) =>
    hosts.some(
      (entry) => entry.host === plainHost(host) && (entry.port === null || entry.port === port),
    );
  const covers = (address: string) => contains(blocks, address);
  return {
    names,
    covers,
    judge(host, port, address) {
      const reach = reachOf(address);
      const allowed =
        reach === "public" || (reach === "private" && (names(host, port) || covers(address)));
      return { allowed, reach };
    },
  };
}
