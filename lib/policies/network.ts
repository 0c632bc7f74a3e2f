import { canonicalAddress } from "@/lib/http/forwarded";

/** An address as 32-bit words: one for IPv4 (mapped ones too), four for IPv6. */
export type Address = readonly number[];

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

function ipv4(text: string): Address | null {
  const parts = V4.exec(text);
  if (!parts) return null;
  let word = 0;
  for (let at = 1; at <= 4; at += 1) {
    const part = Number(parts[at]);
    // A leading zero is octal to some readers.
    if (part > 255 || String(part) !== parts[at]) return null;
    word = word * 256 + part;
  }
  return [word];
}

function ipv6(canonical: string): Address {
  const [head = "", tail] = canonical.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const parts = [...before, ...Array<string>(zeros).fill("0"), ...after];
  const hextet = (at: number) => Number.parseInt(parts[at] ?? "0", 16);
  return [0, 2, 4, 6].map((at) => hextet(at) * 0x10000 + hextet(at + 1));
}

/** An address as words; null for anything else. */
export function parseAddress(text: string): Address | null {
  const quick = ipv4(text);
  if (quick) return quick;
  const canonical = canonicalAddress(text);
  if (canonical === null) return null;
  return canonical.includes(":") ? ipv6(canonical) : ipv4(canonical);
}

const maskOf = (bits: number): number =>
  bits <= 0 ? 0 : bits >= 32 ? 0xffffffff : (0xffffffff << (32 - bits)) >>> 0;

export type Network = (address: Address) => boolean;

/**
 * Tells which addresses are in `192.0.2.0/24`, `2001:db8::/32` or one address alone; null for what
 * is no network. An IPv6 network holds no IPv4 address, unless it lies in `::ffff:0:0/96`.
 */
export function parseNetwork(text: string): Network | null {
  const [host = "", length, ...rest] = text.split("/");
  if (rest.length > 0 || host.includes("[") || host.includes("%")) return null;
  const base = parseAddress(host);
  if (!base || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const written = host.includes(":") ? 128 : 32;
  const given = length === undefined ? written : Number(length);
  const bits = given - (written - base.length * 32);
  // `::ffff:10.0.0.0/90` would reach beyond the mapped addresses.
  if (given > written || bits < 0) return null;
  const masks = base.map((_, at) => maskOf(bits - at * 32));
  const wanted = base.map((word, at) => (word & (masks[at] ?? 0)) >>> 0);
  return (address) =>
    address.length === wanted.length &&
    wanted.every((word, at) => ((address[at] ?? 0) & (masks[at] ?? 0)) >>> 0 === word);
}
