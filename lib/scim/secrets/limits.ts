import { throttleAddress } from "@/lib/admins/client-address";
import { processState } from "@/lib/kit/process-state";
import { ScimError } from "../scim-error";
import { type Buckets, type Rate, take, waitFor } from "./token-bucket";

/** Above what any provider asks for, and what one process answers: it stops a client that runs wild. */
const REQUESTS: Rate = { burst: 5000, perSecond: 2000 };
/** A provider with a wrong secret tries again and again; so does somebody who guesses. */
const FAILURES: Rate = { burst: 60, perSecond: 0.5 };
const MOST_KNOWN = 10_000;
/** How often all secrets are looked up for addresses that failed too often. */
const LOOK_MS = 1_000;

const state = () =>
  processState("scim-limits", () => ({
    requests: new Map() as Buckets,
    failures: new Map() as Buckets,
    /** Hashes of secrets. They are looked up whatever else their address sends. */
    known: new Set<string>(),
    looked: { at: Number.NEGATIVE_INFINITY, done: Promise.resolve() },
  }));

function refuse(detail: string, wait: number): void {
  if (wait > 0)
    throw new ScimError(429, `${detail} Try again in ${wait} s.`, undefined, { retryAfter: wait });
}

/** Counts a request of a secret. ScimError 429 when there are too many. */
export const countRequest = (secretId: string): void =>
  refuse(
    "Too many requests with this SCIM Secret: 2,000 a second are answered.",
    take(state().requests, secretId, Date.now(), REQUESTS),
  );

/** A process that has just begun knows no secret, and one that was just made is known to nobody. */
function lookAgain(hashes: () => Promise<readonly string[]>): Promise<void> {
  const { looked } = state();
  if (Date.now() - looked.at >= LOOK_MS) {
    looked.at = Date.now();
    looked.done = hashes().then((found) => found.forEach(remember));
  }
  return looked.done;
}

/**
 * ScimError 429 for an address that failed too often. A secret that is somebody's passes: providers
 * share addresses, and one customer must not keep another out. `hashes` is all that there are, and
 * asked for once a second at most, however many guess.
 */
export async function refuseGuesses(
  ip: string | null,
  hash: string,
  hashes: () => Promise<readonly string[]>,
): Promise<void> {
  const { failures, known } = state();
  if (known.has(hash)) return;
  const wait = waitFor(failures, throttleAddress(ip), Date.now(), FAILURES);
  if (wait === 0) return;
  await lookAgain(hashes);
  if (!known.has(hash)) refuse("Too many requests of your address had no valid SCIM Secret.", wait);
}

export function countFailure(ip: string | null, hash: string): void {
  const { failures, known } = state();
  known.delete(hash);
  take(failures, throttleAddress(ip), Date.now(), FAILURES);
}

export function remember(hash: string): void {
  const { known } = state();
  if (known.size >= MOST_KNOWN) known.clear();
  known.add(hash);
}
