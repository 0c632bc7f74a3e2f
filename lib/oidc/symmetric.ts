import { compactVerify } from "jose";
import { factsOf, ProtocolFailure } from "./failure";
import type { KeySet } from "./keys";
import type { Connection } from "./schema";
import type { Jwt } from "./signature";

export const SYMMETRIC = "HS256";
/** RFC 7518 §3.2: as long as the hash. */
const LEAST_BYTES = 32;

const isLongEnough = (secret: string): boolean => Buffer.byteLength(secret) >= LEAST_BYTES;

/** Whether an admin chose to trust signatures by the Client secret. */
export const acceptsSymmetric = ({ acceptHs256, clientSecret }: Connection): boolean =>
  acceptHs256 === true && Boolean(clientSecret);

async function verifiesWith(secret: string, compact: string): Promise<boolean> {
  const key = new TextEncoder().encode(secret);
  return compactVerify(compact, key, { algorithms: [SYMMETRIC] }).then(
    () => true,
    () => false,
  );
}

/**
 * Verifies an HS256 signature by the Client secret, or by the one before it, and by nothing else: a
 * public key is never taken for a secret (algorithm confusion). A provider that publishes signing
 * keys signs with those, so that one is refused. Throws ProtocolFailure `hs256_*`.
 */
export async function verifySymmetric(
  { compact }: Jwt,
  { clientSecret, previousClientSecret }: Connection,
  published: KeySet,
): Promise<void> {
  if (published.keys.length > 0) {
    throw new ProtocolFailure("hs256_keys_published", factsOf({ Algorithm: SYMMETRIC }));
  }
  const secrets = [clientSecret, previousClientSecret].filter((one) => typeof one === "string");
  const long = secrets.filter(isLongEnough);
  if (long.length === 0) throw new ProtocolFailure("hs256_short_secret");
  for (const secret of long) if (await verifiesWith(secret, compact)) return;
  throw new ProtocolFailure("hs256_bad_signature");
}
