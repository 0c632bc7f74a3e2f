import { throttleAddress } from "@/lib/admins/client-address";
import { processState } from "@/lib/kit/process-state";
import { ScimError } from "../scim-error";
import { type Buckets, type Rate, take, waitFor } from "./token-bucket";

/** Above what any provider asks for, and what one process answers: it stops a client that runs wild. */
const REQUESTS: Rate = { burst: 5000, perSecond: 2000 };
/** A provider with a wrong secret tries again and again; so does somebody who guesses. */
const FAILURES: Rate = { burst: 60, perSecond: 0.5 };
const MOST_KNOWN = 1_000;

const state = () =>
  processState("scim-limits", () => ({
    requests: new Map() as Buckets,
    failures: new Map() as Buckets,
    /** Hashes that got in. They are looked up whatever else their address sends. */
    known: new Set<string>(),
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

/**
 * ScimError 429, without a look at the database, for an address that failed too often. A secret that
 * got in before passes: providers share addresses, and one customer must not keep another out.
 */
export function refuseGuesses(ip: string | null, hash: string): void {
  const { failures, known } = state();
  if (known.has(hash)) return;
  const wait = waitFor(failures, throttleAddress(ip), Date.now(), FAILURES);
  refuse("Too many requests of your address had no valid SCIM Secret.", wait);
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
