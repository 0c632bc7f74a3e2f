/** The domain of an address, or what is left of a domain that was typed with its @. */
export const domainOf = (text: string): string =>
  text
    .slice(text.lastIndexOf("@") + 1)
    .trim()
    .toLowerCase();

interface Range {
  family: 4 | 6;
  address: bigint;
  bits: number;
}

const WIDTH = { 4: 32, 6: 128 } as const;

function ipv4(text: string): bigint | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv6(text: string): bigint | null {
  // The URL parser of the platform writes every IPv6 address in one way, without dots.
  const url = `http://[${text}]`;
  if (!URL.canParse(url)) return null;
  const [head = "", tail] = new URL(url).hostname.slice(1, -1).split("::");
  const words = (part: string) => (part === "" ? [] : part.split(":"));
  const [before, after] = [words(head), words(tail ?? "")];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  const all = tail === undefined ? before : [...before, ...zeros, ...after];
  return all.reduce((sum, word) => sum * 65_536n + BigInt(`0x${word}`), 0n);
}

function rangeOf(text: string): Range | null {
  const [host = "", bits] = text.trim().split("/");
  const family = host.includes(":") ? 6 : 4;
  const address = family === 6 ? ipv6(host) : ipv4(host);
  if (address === null) return null;
  return { family, address, bits: bits === undefined ? WIDTH[family] : Number(bits) };
}

/** Whether an address can be in both ranges. What is no range at all is not judged here. */
export function rangesMeet(one: string, two: string): boolean {
  const [a, b] = [rangeOf(one), rangeOf(two)];
  if (!a || !b) return true;
  if (a.family !== b.family) return false;
  const shift = BigInt(WIDTH[a.family] - Math.min(a.bits, b.bits));
  return a.address >> shift === b.address >> shift;
}
