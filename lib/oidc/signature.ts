import { compactVerify, importJWK, type JWK } from "jose";
import { type Algorithm, algorithmsOf, isAlgorithm } from "./algorithms";
import { factsOf, ProtocolFailure } from "./failure";
import type { SigningKey } from "./keys";
import { type JsonObject, parseJsonObject, textOf } from "./parse-json";
import { SYMMETRIC } from "./symmetric";

export interface Jwt {
  compact: string;
  header: JsonObject;
  claims: JsonObject;
  alg: Algorithm | typeof SYMMETRIC;
}

function decodePart(part: string): JsonObject | null {
  if (!/^[\w-]+$/.test(part)) return null;
  return parseJsonObject(new TextDecoder().decode(Buffer.from(part, "base64url")));
}

const malformed = (reason: string) =>
  new ProtocolFailure("id_token_malformed", factsOf({ Reason: reason }));

function allowedAlgorithm(header: JsonObject, symmetric: boolean): Jwt["alg"] {
  const alg = textOf(header, "alg");
  const facts = factsOf({ Algorithm: alg ?? "none" });
  if (alg === null || /^none$/i.test(alg)) throw new ProtocolFailure("alg_none", facts);
  if (symmetric && alg === SYMMETRIC) return alg;
  if (/^HS/i.test(alg)) throw new ProtocolFailure("alg_symmetric", facts);
  if (!isAlgorithm(alg)) throw new ProtocolFailure("alg_unsupported", facts);
  return alg;
}

/**
 * Takes a signed JWT apart (RFC 7515 §3.1) without believing it. `symmetric` tells whether one that
 * is signed with HS256 may be looked at further. Throws ProtocolFailure.
 */
export function readJwt(compact: string, symmetric = false): Jwt {
  const parts = compact.split(".");
  if (parts.length === 5) {
    const header = decodePart(parts[0] ?? "") ?? {};
    throw new ProtocolFailure(
      "id_token_encrypted",
      factsOf({ Algorithm: textOf(header, "alg"), Encryption: textOf(header, "enc") }),
    );
  }
  const [head = "", body = ""] = parts;
  if (parts.length !== 3) throw malformed(`its parts are ${parts.length}, not 3`);
  const header = decodePart(head);
  if (!header) throw malformed("its header is not JSON");
  const alg = allowedAlgorithm(header, symmetric);
  if (header.crit !== undefined) throw new ProtocolFailure("crit_header");
  const claims = decodePart(body);
  if (!claims) throw malformed("its payload is not a JSON object");
  return { compact, header, claims, alg };
}

function candidatesFor({ header, alg }: Jwt, keys: readonly SigningKey[]): SigningKey[] {
  // A public key is never a secret, whatever the header says.
  if (alg === SYMMETRIC) return [];
  const fitting = keys.filter(
    (key) =>
      algorithmsOf(key.kty, key.crv).includes(alg) &&
      (key.alg === undefined || key.alg === alg || (isEdwards(key.alg) && isEdwards(alg))),
  );
  if (header.kid === undefined) return fitting;
  const named = fitting.filter((key) => key.kid === header.kid);
  // A set that names no keys can still hold the right one; every key of it is trusted alike.
  return named.length > 0 ? named : fitting.filter((key) => key.kid === undefined);
}

// RFC 9864 renamed EdDSA with this curve; both names mean one algorithm.
const isEdwards = (alg: unknown): boolean => alg === "EdDSA" || alg === "Ed25519";

async function verifiesWith(key: SigningKey, { compact, alg }: Jwt): Promise<boolean> {
  const { kty, crv, n, e, x, y } = key;
  // Only the public members: a private key published by mistake is not loaded as one.
  const imported = await importJWK({ kty, crv, n, e, x, y } as JWK, alg);
  try {
    await compactVerify(compact, imported, { algorithms: [alg] });
    return true;
  } catch (error) {
    if (
      error instanceof Error &&
      "code" in error &&
      error.code === "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"
    ) {
      return false;
    }
    throw error;
  }
}

/**
 * Verifies a JWT against the keys of the Certificate URL and returns the key's id, or null for a key
 * without one. A token without `kid` is tried against every key of its algorithm. Throws
 * ProtocolFailure `kid_unknown`, `key_unfit`, `bad_key` or `bad_signature`.
 */
export async function verifySignature(
  jwt: Jwt,
  keys: readonly SigningKey[],
): Promise<string | null> {
  const facts = factsOf({
    Algorithm: jwt.alg,
    "Key ID in the token": jwt.header.kid,
    "Key IDs at the Certificate URL": keys.map((key) => key.kid ?? "without a name"),
  });
  const candidates = candidatesFor(jwt, keys);
  if (candidates.length === 0) {
    const there = jwt.header.kid === undefined || keys.some((key) => key.kid === jwt.header.kid);
    throw new ProtocolFailure(there ? "key_unfit" : "kid_unknown", facts);
  }
  let broken: unknown = null;
  for (const key of candidates) {
    try {
      if (await verifiesWith(key, jwt)) return textOf(key, "kid");
    } catch (error) {
      broken = error;
    }
  }
  if (broken) throw new ProtocolFailure("bad_key", facts, { cause: broken });
  throw new ProtocolFailure("bad_signature", facts);
}
