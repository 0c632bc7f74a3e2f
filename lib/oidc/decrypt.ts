import { compactDecrypt, importJWK } from "jose";
import { factsOf, ProtocolFailure } from "./failure";
import { type JsonObject, parseJsonObject, textOf } from "./parse-json";
import type { Fact, PrivateJwk } from "./schema";

/**
 * How a content key may be wrapped, by type of our key. Missing on purpose: RSA1_5, which leaks the
 * key to whoever may ask often (RFC 7518 §8.3), and everything with a shared or chosen key: whoever
 * knows the client secret, or only the public key's bytes, could write such a token.
 */
const ALGS: Record<string, readonly string[]> = {
  RSA: ["RSA-OAEP", "RSA-OAEP-256"],
  EC: ["ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"],
};
const ENCS = ["A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"];
/** Characters: well above any token, well below what would hold up a server. */
const LONGEST = 256 * 1024;

export interface Opened {
  /** What was inside; for a token that is not encrypted, the token itself. */
  text: string;
  /** About the encryption; none for a token that is not encrypted. */
  facts: Fact[];
}

function headerOf(compact: string): JsonObject {
  const [head = ""] = compact.split(".", 1);
  const header = /^[\w-]+$/.test(head)
    ? parseJsonObject(new TextDecoder().decode(Buffer.from(head, "base64url")))
    : null;
  if (header) return header;
  const reason = factsOf({ Reason: "its header is not JSON" });
  throw new ProtocolFailure("id_token_malformed", reason);
}

/** Refuses what no key of ours should ever be tried on. */
function refuseUnsafe(header: JsonObject, facts: Fact[]): void {
  const [alg, enc] = [textOf(header, "alg"), textOf(header, "enc")];
  const isKnown = Object.values(ALGS).some((algs) => algs.includes(alg ?? ""));
  if (!isKnown || !ENCS.includes(enc ?? "")) throw new ProtocolFailure("jwe_unsupported", facts);
  if (header.zip !== undefined) throw new ProtocolFailure("jwe_compressed", facts);
  if (header.crit !== undefined) throw new ProtocolFailure("crit_header", facts);
  const type = textOf(header, "cty");
  if (type !== null && !/^(application\/)?jwt$/i.test(type)) {
    throw new ProtocolFailure("jwe_not_signed", [...facts, ...factsOf({ "Content type": type })]);
  }
}

function fitting(header: JsonObject, keys: readonly PrivateJwk[]): PrivateJwk[] {
  const alg = textOf(header, "alg") ?? "";
  const kid = textOf(header, "kid");
  return keys.filter(
    (key) => ALGS[key.kty ?? ""]?.includes(alg) && (kid === null || key.kid === kid),
  );
}

async function openWith(key: PrivateJwk, compact: string, alg: string): Promise<string | null> {
  const { kty, crv, n, e, d, p, q, dp, dq, qi, x, y } = key;
  // Without `alg`: a key made for RSA-OAEP-256 opens RSA-OAEP too.
  const imported = await importJWK(
    Object.fromEntries(
      Object.entries({ kty, crv, n, e, d, p, q, dp, dq, qi, x, y }).filter(([, part]) => part),
    ),
    alg,
  );
  try {
    const { plaintext } = await compactDecrypt(compact, imported, {
      keyManagementAlgorithms: [alg],
      contentEncryptionAlgorithms: [...ENCS],
    });
    return new TextDecoder("utf-8", { fatal: true }).decode(plaintext);
  } catch {
    return null;
  }
}

/** Whether a text has the three parts of a signed token (RFC 7515 §7.1). */
export const isSignedForm = (text: string): boolean => text.split(".", 4).length === 3;

export const isEncrypted = (compact: string): boolean => compact.split(".", 6).length === 5;

/**
 * Opens a token in JWE compact form (RFC 7516 §7.1) with the keys of its login method; any other is
 * passed through. What comes out is believed no more than what went in: its signature is still to
 * be verified. Throws ProtocolFailure `id_token_encrypted` without a key for it, `jwe_*`.
 */
export async function openToken(compact: string, keys: readonly PrivateJwk[]): Promise<Opened> {
  if (!isEncrypted(compact)) return { text: compact, facts: [] };
  if (compact.length > LONGEST) {
    throw new ProtocolFailure("id_token_malformed", factsOf({ Reason: "it is too long" }));
  }
  const header = headerOf(compact);
  const facts = factsOf({
    "Encrypted with": `${textOf(header, "alg") ?? "?"}, ${textOf(header, "enc") ?? "?"}`,
    "Key ID of the encryption": textOf(header, "kid") ?? "not named",
    "Decryption keys here": keys.map(({ kid }) => kid ?? "without a name"),
  });
  if (keys.length === 0) throw new ProtocolFailure("id_token_encrypted", facts);
  refuseUnsafe(header, facts);
  const candidates = fitting(header, keys);
  if (candidates.length === 0) throw new ProtocolFailure("id_token_encrypted", facts);
  for (const key of candidates) {
    const text = await openWith(key, compact, textOf(header, "alg") ?? "");
    if (text !== null) return { text, facts };
  }
  throw new ProtocolFailure("jwe_undecryptable", facts);
}
