import { isIP, isIPv4 } from "node:net";

/** Without the port and brackets that a proxy may have written: `[::1]:80`, `10.0.0.1:80`. */
function bare(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(text);
  if (bracketed) return bracketed[1] ?? "";
  const [host = "", , ...more] = text.split(":");
  return more.length === 0 ? host : text;
}

/** The one spelling of an address: `::FFFF:10.0.0.1` and `10.0.0.1` are the same client. */
function canonical(text: string): string | null {
  const address = bare(text.trim()).split("%")[0] ?? "";
  if (isIPv4(address)) return address;
  if (!isIP(address)) return null;
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(short);
  if (!mapped) return short;
  const [high, low] = [Number.parseInt(mapped[1] ?? "", 16), Number.parseInt(mapped[2] ?? "", 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/**
 * The client's address from the `X-Forwarded-For` that the front door has sanitised: its first hop
 * is the believed client. Null when there is none or it is not an address.
 */
export function clientAddress(headers: Headers): string | null {
  const first = headers.get("x-forwarded-for")?.split(",")[0];
  return first ? canonical(first) : null;
}

/**
 * What sign-in attempts are counted by: an IPv4 address, or the /64 of an IPv6 one, because one
 * client owns the whole of it. `unknown` is one bucket for all, so an absent header frees nobody.
 */
export function throttleAddress(address: string | null): string {
  if (!address?.includes(":")) return address ?? "unknown";
  const [head = "", tail] = address.split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(gap).fill("0"), ...right];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
