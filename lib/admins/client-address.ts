import { canonicalAddress } from "@/lib/http/forwarded";

/**
 * The client's address from the `X-Forwarded-For` that the front door has sanitised: its first hop
 * is the believed client. Null when there is none or it is not an address.
 */
export function clientAddress(headers: Headers): string | null {
  const first = headers.get("x-forwarded-for")?.split(",")[0];
  return first ? canonicalAddress(first) : null;
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
