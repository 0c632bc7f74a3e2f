export interface Rate {
  /** Taken at once at most. */
  burst: number;
  perSecond: number;
}

interface Bucket {
  tokens: number;
  /** When `tokens` was true, in milliseconds. */
  at: number;
}

/** Buckets by key. Plain data, shared by the bundles of the process. */
export type Buckets = Map<string, Bucket>;

/** Keys that are remembered; beyond them the ones that were not used for longest start afresh. */
const MOST_KEYS = 10_000;

const tokensAt = (bucket: Bucket | undefined, now: number, { burst, perSecond }: Rate): number =>
  bucket
    ? Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond)
    : burst;

/** Whole seconds until the bucket of a key holds a token; 0 when it does. */
export function waitFor(buckets: Buckets, key: string, now: number, rate: Rate): number {
  const tokens = tokensAt(buckets.get(key), now, rate);
  return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / rate.perSecond));
}

/** Takes a token and answers 0, or the whole seconds to wait when there is none. */
export function take(buckets: Buckets, key: string, now: number, rate: Rate): number {
  const wait = waitFor(buckets, key, now, rate);
  const tokens = tokensAt(buckets.get(key), now, rate) - (wait === 0 ? 1 : 0);
  // Set again at the end of the map: its order is that of the last use.
  buckets.delete(key);
  buckets.set(key, { tokens, at: now });
  if (buckets.size > MOST_KEYS) {
    for (const oldest of buckets.keys()) {
      buckets.delete(oldest);
      break;
    }
  }
  return wait;
}
