import { LRUCache } from "lru-cache";
import type { TraceStep } from "@/lib/oidc/schema";

/** Whoever begins logins again and again must not use up what a provider answers in a minute. */
const MINUTE_MS = 60_000;

/** What the trace told of signing keys that were read within the last minute, by settings. */
const read = new LRUCache<string, string>({ max: 500, ttl: MINUTE_MS });

const keyOf = (method: { id: string; fingerprint: string }): string =>
  `${method.id} ${method.fingerprint}`;

export const keysReadLately = (method: { id: string; fingerprint: string }): string | undefined => {
  const summary = read.get(keyOf(method));
  return summary && `${summary}; read within the last minute`;
};

/** Keeps what these steps tell of keys that were read in them. */
export function noteKeysRead(
  method: { id: string; fingerprint: string },
  steps: readonly TraceStep[],
): void {
  const keys = steps.find(({ step }) => step === "keys");
  if (keys?.status === "ok" && keys.exchanges.length > 0) read.set(keyOf(method), keys.summary);
}
