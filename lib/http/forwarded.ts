import { BlockList, isIP } from "node:net";

const MAX_HOPS = 20;

/** What is remembered of addresses: so many (each may keep the header alive that it was cut from), and none longer than one with its port. */
const MOST = 1_000;
const LONGEST = 64;

/** Asked about the same few addresses with every request: answers from memory, and forgets all at once. */
function remembered<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, { answer: T }>();
  return (text) => {
    const before = known.get(text);
    if (before) return before.answer;
    const made = { answer: answer(text) };
    if (text.length > LONGEST) return made.answer;
    if (known.size >= MOST) known.clear();
    known.set(text, made);
    return made.answer;
  };
}

function readAddress(text: string): string | null {
  const bare = withoutPort(text.trim());
  const family = isIP(bare);
  if (family === 4) return bare;
  if (family !== 6) return null;
  const address = new URL(`http://[${bare.split("%")[0]}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  if (!mapped) return address;
  const [high = 0, low = 0] = mapped.slice(1).map((part) => Number.parseInt(part, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text);
  if (bracketed?.[1]) return bracketed[1];
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(text);
  return withPort?.[1] ?? text;
}

/**
 * The one spelling of an address: IPv4 mapped into IPv6 as IPv4, IPv6 compressed and lower case,
 * without brackets, port or zone. Null for anything that is not an address.
 */
export const canonicalAddress = remembered(readAddress);

/** Answers whether a canonical address is one of the proxies in `networks` (addresses or CIDR blocks). */
export function trustedProxies(networks: readonly string[]): (address: string) => boolean {
  const blocks = new BlockList();
  for (const network of networks) {
    const [text = "", bits] = network.split("/");
    const address = canonicalAddress(text) ?? text;
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    // `::ffff:10.0.0.0/104` names 8 bits of an IPv4 address.
    const shift = isIP(text) === 6 && family === "ipv4" ? 96 : 0;
    if (bits === undefined) blocks.addAddress(address, family);
    else blocks.addSubnet(address, Math.max(0, Number(bits) - shift), family);
  }
  return remembered((address) => blocks.check(address, isIP(address) === 6 ? "ipv6" : "ipv4"));
}

/**
 * The client's address: the chain is walked from the socket leftwards for as long as the hop that
 * wrote an entry is trusted, so nothing that a client prepends is ever reached.
 */
export function clientAddress(
  peer: string,
  chain: string | undefined,
  isTrusted: (address: string) => boolean,
): string | null {
  let client = canonicalAddress(peer);
  for (const hop of (chain ?? "").split(",").slice(-MAX_HOPS).reverse()) {
    if (!client || !isTrusted(client)) break;
    const before = canonicalAddress(hop);
    if (!before) break;
    client = before;
  }
  return client;
}

/** The value that the nearest proxy wrote: the last of a list, when it is well formed. */
export function nearestValue(list: string | undefined, shape: RegExp): string | null {
  const last = list?.split(",").at(-1)?.trim() ?? "";
  return shape.test(last) ? last : null;
}
