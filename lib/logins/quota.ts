import { throttleAddress } from "@/lib/admins/client-address";

/** Logins that one address may begin in a minute: an office behind one address signs in at nine. */
const MOST_PER_MINUTE = 120;
/** First halves of round trips at one time in this process: each keeps a connection to a provider. */
const MOST_AT_ONCE = 64;
const MOST_ADDRESSES = 10_000;
const MINUTE_MS = 60_000;

let since = 0;
let counts = new Map<string, number>();
let atOnce = 0;

/**
 * Counts a login that an address begins; false when it began too many in this minute. Kept in memory
 * and bounded: when there are more addresses than it can hold, all share one count until the minute
 * is over.
 */
export function mayBegin(ip: string | null, now = Date.now()): boolean {
  if (now - since >= MINUTE_MS || now < since) {
    since = now;
    counts = new Map();
  }
  const address = throttleAddress(ip);
  const key = counts.has(address) || counts.size < MOST_ADDRESSES ? address : "others";
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count <= MOST_PER_MINUTE;
}

/** Runs `work` unless too much of it is under way already; null then. */
export async function ifNotBusy<T>(work: () => Promise<T>): Promise<T | null> {
  if (atOnce >= MOST_AT_ONCE) return null;
  atOnce += 1;
  try {
    return await work();
  } finally {
    atOnce -= 1;
  }
}
