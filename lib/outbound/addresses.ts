import { BlockList, isIP } from "node:net";

/** `forbidden` is never called, whatever the allow list says. */
export type Reach = "public" | "private" | "forbidden";

// IANA special-purpose registries (RFC 6890 and its updates), without what is globally reachable.
const PRIVATE = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.0.0.0/24
  192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24
  198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
  ::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16
  3fff::/20 5f00::/16 fc00::/7 fec0::/10 ff00::/8`;

// Link-local, and where clouds hand out credentials: AWS, Google and Azure (169.254.169.254), AWS
// over IPv6, Alibaba, Azure's wire server, Oracle.
const FORBIDDEN =
  "169.254.0.0/16 fe80::/10 fd00:ec2::/32 100.100.100.200/32 168.63.129.16/32 192.0.0.192/32";

/** A block list of CIDR blocks and single addresses; text that is neither is skipped. */
export function networks(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address);
    if (family === 0) continue;
    const type = family === 6 ? "ipv6" : "ipv4";
    const most = family === 6 ? 128 : 32;
    const prefix = bits === undefined ? most : Number(bits);
    if (Number.isInteger(prefix) && prefix >= 0 && prefix <= most) {
      list.addSubnet(address, prefix, type);
    }
  }
  return list;
}

const privateList = networks(PRIVATE.split(/\s+/));
const forbiddenList = networks(FORBIDDEN.split(/\s+/));

/** The 16 bytes of an IPv6 address in any of its spellings. */
function ipv6Bytes(address: string): number[] {
  // The URL parser writes every spelling, dotted tails included, as hexadecimal groups.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const groups = (part: string) => part.split(":").filter(Boolean);
  const front = groups(head);
  const back = groups(tail ?? "");
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => "0");
  return [...front, ...zeros, ...back].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}

const mapped = networks(["::ffff:0:0/96"]);
const EMBEDDING = [
  { block: mapped, at: 12 },
  { block: networks(["64:ff9b::/96", "64:ff9b:1::/48", "::/96"]), at: 12 },
  { block: networks(["2002::/16"]), at: 2 },
];

/** The IPv4 address inside an IPv4-mapped, IPv4-compatible, NAT64 or 6to4 address, else null. */
function embeddedIpv4(address: string): string | null {
  const found = EMBEDDING.find(({ block }) => block.check(address, "ipv6"));
  return found
    ? ipv6Bytes(address)
        .slice(found.at, found.at + 4)
        .join(".")
    : null;
}

/**
 * An address as a socket or a URL names it, without brackets and zone; an IPv4-mapped one becomes
 * its IPv4 address. Null when it is no address.
 */
export function plainAddress(text: string): string | null {
  const address = text.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(address);
  if (family === 0) return null;
  return family === 6 && mapped.check(address, "ipv6") ? embeddedIpv4(address) : address;
}

export const contains = (list: BlockList, address: string): boolean =>
  list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/** How far an IP address reaches. An address that carries an IPv4 one is judged by that one too. */
export function reachOf(spelled: string): Reach {
  // `::ffff:0:0/96` is on no list: Node's BlockList would match every IPv4 address with it.
  const address = plainAddress(spelled) ?? spelled;
  const inner = isIP(address) === 6 ? embeddedIpv4(address) : null;
  if (contains(forbiddenList, address)) return "forbidden";
  if (inner !== null && contains(forbiddenList, inner)) return "forbidden";
  return contains(privateList, address) ? "private" : "public";
}
