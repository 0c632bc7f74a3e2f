import type { LookupAddress } from "node:dns";
import { lookup as systemLookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { AppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { plainAddress, type Reach, reachOf } from "./addresses";
import { readAllowList } from "./allow-list";
import { FaultError, outboundFailed } from "./network-fault";
import type { OutboundPolicy } from "./schema";

/** Resolves a name to all its addresses. */
export type Lookup = (host: string) => Promise<LookupAddress[]>;

const LOOKUP_MS = 5000;
const PROXIED_LOOKUP_MS = 2000;

/** The system's resolver, which by itself may try for minutes. Rejects after 5 seconds. */
export const resolveAll: Lookup = async (host) => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new FaultError("dns")), LOOKUP_MS);
  });
  return Promise.race([systemLookup(host, { all: true }), late]).finally(() => clearTimeout(timer));
};

function blocked(host: string, address: string, reach: Reach): AppError {
  const where = host === address ? address : `${host} (${address})`;
  log.warn({ host, address, reach }, "outbound request refused");
  return reach === "forbidden"
    ? new AppError(
        "outbound_blocked",
        `${where} is a link-local or cloud metadata address. Gatehouse never calls those.`,
        { fix: "Use an address on which the provider itself listens." },
      )
    : new AppError(
        "outbound_blocked",
        `${where} is on a private or reserved network, which is not on the list that Gatehouse may call.`,
        {
          fix: `If your provider runs there, an owner can add ${host} under Settings > System, or the server can be started with OUTBOUND_ALLOW=${host}.`,
        },
      );
}

const unencrypted = (host: string, address: string): AppError =>
  new AppError("outbound_blocked", `${host} (${address}) would be called without TLS.`, {
    fix: `Use https://, or let an owner add ${host} under Settings > System if it is in your own network.`,
  });

/** The checks of one request: its URL, the addresses of its host, the peer that was reached. */
export interface Gate {
  url: URL;
  /** For `connect.lookup`: the socket gets the very list that was checked, so no second look-up can differ. */
  lookup: LookupFunction;
  /** Throws AppError `outbound_blocked` when the socket ended up at a refused address. */
  checkPeer(remoteAddress: string | undefined): void;
  /**
   * `host:port` to ask a proxy for, checked as far as this machine can see (decision 0009). Throws
   * AppError `outbound_blocked`.
   */
  throughProxy(): Promise<string>;
}

const METADATA_NAMES =
  /^(metadata|metadata\.(google|azure|tencentyun|goog)(\.\w+)?|instance-data(\.ec2\.internal)?)$/;
/** An IPv4 address inside a name, as services such as nip.io turn back into the address. */
const ADDRESS_IN_NAME = /(?<!\d)\d{1,3}([.-])\d{1,3}\1\d{1,3}\1\d{1,3}(?!\d)/g;

function isMetadataName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  const addresses = name.match(ADDRESS_IN_NAME) ?? [];
  return (
    METADATA_NAMES.test(name) ||
    addresses.some((address) => reachOf(address.replaceAll("-", ".")) === "forbidden")
  );
}

/** The addresses of a name, none when this machine does not find them within 2 seconds. */
async function resolvedSoon(resolve: Lookup, host: string): Promise<LookupAddress[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<LookupAddress[]>((done) => {
    timer = setTimeout(() => done([]), PROXIED_LOOKUP_MS);
  });
  const found = resolve(host).catch(() => []);
  return Promise.race([found, late]).finally(() => clearTimeout(timer));
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || !url.hostname) {
    throw outboundFailed(url?.host || "This address", new FaultError("bad_url"));
  }
  return url;
}

/**
 * Opens a gate for one request. Throws AppError `outbound_failed` for a URL that is not plain
 * http(s), and `outbound_blocked` for an IP literal that the policy refuses: a look-up hook is never
 * asked about literals (reference: protocols §8). With `plainHttpToListed`, http:// leads to hosts and
 * addresses of the allow list alone, also when the name resolves to another one than a moment ago.
 */
export function openGate(
  policy: OutboundPolicy,
  text: string,
  resolve: Lookup,
  { plainHttpToListed = false } = {},
): Gate {
  const url = parseUrl(text);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const allowList = readAllowList(policy);

  function check(address: string): void {
    const plain = plainAddress(address);
    if (plain === null) throw blocked(host, address, "private");
    const verdict = allowList.judge(host, port, plain);
    if (!verdict.allowed) throw blocked(host, plain, verdict.reach);
    const listed = allowList.names(host, port) || allowList.covers(plain);
    if (plainHttpToListed && url.protocol === "http:" && !listed) throw unencrypted(host, plain);
  }

  /** A name that this machine cannot look up: the proxy decides, but for what needs no look-up to refuse. */
  function checkUnresolved(): void {
    if (isMetadataName(host)) throw blocked(host, host, "forbidden");
    const listed = allowList.names(host, port);
    if (plainHttpToListed && url.protocol === "http:" && !listed) throw unencrypted(host, host);
  }

  if (plainAddress(host) !== null) check(host);
  return {
    url,
    async throughProxy() {
      const found = plainAddress(host) === null ? await resolvedSoon(resolve, host) : [];
      for (const { address } of found) check(address);
      const [first] = found;
      if (!first && plainAddress(host) === null) checkUnresolved();
      // TLS proves the name to us, so the proxy may look it up again and filter by it. Without TLS
      // nothing would, so it is given the very address that was checked.
      const target = url.protocol === "http:" && first ? first.address : host;
      return `${target.includes(":") ? `[${target}]` : target}:${port}`;
    },
    lookup(hostname, options, callback) {
      resolve(hostname).then(
        (found) => {
          try {
            for (const { address } of found) check(address);
          } catch (error) {
            return callback(error as Error, []);
          }
          const [first] = found;
          if (!first) return callback(Object.assign(new Error(), { code: "ENOTFOUND" }), []);
          return options.all ? callback(null, found) : callback(null, first.address, first.family);
        },
        (error) => callback(error, []),
      );
    },
    checkPeer: (remoteAddress) => check(remoteAddress ?? ""),
  };
}
