import { plainAddress, reachOf } from "./addresses";
import { readAllowList } from "./allow-list";
import { type Lookup, resolveAll } from "./gate";
import type { OutboundPolicy } from "./schema";

/**
 * Whether an http:// URL may carry secrets: its host is on the allow list by name, or all its
 * addresses are in allowed networks. A name that does not resolve may not. Never throws.
 */
export async function mayUsePlainHttp(
  policy: OutboundPolicy,
  url: string,
  lookup: Lookup = resolveAll,
): Promise<boolean> {
  if (!URL.canParse(url)) return false;
  const { hostname, port } = new URL(url);
  const allowList = readAllowList(policy);
  if (allowList.names(hostname, Number(port || 80))) return true;
  const literal = plainAddress(hostname);
  const addresses = literal
    ? [literal]
    : await lookup(hostname).then(
        (found) => found.map(({ address }) => plainAddress(address) ?? ""),
        () => [],
      );
  return (
    addresses.length > 0 &&
    addresses.every(
      (address) => address !== "" && reachOf(address) !== "forbidden" && allowList.covers(address),
    )
  );
}
