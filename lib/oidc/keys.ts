import { AppError, isAppError } from "@/lib/kit/errors";
import { type GuardedFetch, guardedFetch } from "@/lib/outbound/guarded-fetch";
import { networkFault } from "@/lib/outbound/network-fault";
import { mayUsePlainHttp } from "@/lib/outbound/plain-http";
import type { OutboundPolicy } from "@/lib/outbound/schema";
import { algorithmsOf } from "./algorithms";
import { busyAnswer } from "./busy-answer";
import { type DiagnosisCode, diagnosisFor } from "./diagnose";
import { factsOf, ProtocolFailure } from "./failure";
import {
  isJsonObject,
  type JsonObject,
  looksLikeHtml,
  parseJsonObject,
  textOf,
} from "./parse-json";
import type { ClientTls } from "./schema";

const MOST_KEYS = 100;

/** A public key as published; what it claims about itself is not believed before it is imported. */
export type SigningKey = JsonObject;

export interface KeySet {
  /** Keys that can verify a signature, in published order. */
  keys: SigningKey[];
  /** Their algorithms, such as RS256; of a key that names none, the usual one of its type. */
  algs: string[];
  /** Published, but not for signatures that Gatehouse verifies. */
  others: JsonObject[];
}

function isSigningKey(key: JsonObject): boolean {
  const forSigning = key.use === undefined || key.use === "sig";
  const verifies = !Array.isArray(key.key_ops) || key.key_ops.includes("verify");
  return forSigning && verifies && algorithmsOf(key.kty, key.crv).length > 0;
}

export const algOf = (key: SigningKey): string =>
  textOf(key, "alg") ?? algorithmsOf(key.kty, key.crv)[0] ?? "";

function failOnStatus(response: Response, body: string): void {
  const { status, headers } = response;
  const busy = busyAnswer("jwks", { status, headers, body });
  if (busy) throw new ProtocolFailure(busy.code, busy.facts);
  if (status === 200) return;
  const facts = factsOf({ "HTTP status": status, Location: headers.get("location") });
  if (status >= 300 && status < 400) throw new ProtocolFailure("jwks_redirect", facts);
  if (status === 404 || status === 410) throw new ProtocolFailure("jwks_not_found", facts);
  throw new ProtocolFailure(status >= 500 ? "jwks_server_error" : "jwks_status", facts);
}

const PEM = /^\s*-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY)-----/;

/** Some providers serve certificates too, by key ID: `{"abc": "-----BEGIN CERTIFICATE…"}`. */
const holdsCertificates = (document: JsonObject): boolean =>
  Object.values(document).some((value) => typeof value === "string" && PEM.test(value));

function formOf(text: string): DiagnosisCode {
  if (PEM.test(text)) return "jwks_certificates";
  return looksLikeHtml(text) ? "jwks_html" : "jwks_not_json";
}

function readKeys(text: string): KeySet {
  const document = parseJsonObject(text);
  if (!document) throw new ProtocolFailure(formOf(text));
  if (!Array.isArray(document.keys)) {
    const address = textOf(document, "jwks_uri");
    if (address) throw new ProtocolFailure("jwks_is_discovery", factsOf({ jwks_uri: address }));
    if (holdsCertificates(document)) throw new ProtocolFailure("jwks_certificates");
    throw new ProtocolFailure(Object.keys(document).length === 0 ? "jwks_empty" : "jwks_not_keys");
  }
  const published = document.keys.filter(isJsonObject).slice(0, MOST_KEYS);
  if (published.length === 0) throw new ProtocolFailure("jwks_empty");
  const keys = published.filter(isSigningKey);
  if (keys.length === 0) {
    const kinds = published.map(
      (key) => `${textOf(key, "kty") ?? "?"} for ${textOf(key, "use") ?? "?"}`,
    );
    throw new ProtocolFailure("jwks_no_signing_keys", factsOf({ Keys: [...new Set(kinds)] }));
  }
  const others = published.filter((key) => !isSigningKey(key));
  return { keys, algs: [...new Set(keys.map(algOf))], others };
}

/**
 * Reads the keys at a Certificate URL (RFC 7517 §5): at most 100, those for signing only. Throws
 * ProtocolFailure `jwks_*`, or what the fetch throws.
 */
export async function loadKeys(fetch: GuardedFetch, certsUrl: string): Promise<KeySet> {
  const response = await fetch(certsUrl, { headers: { accept: "application/json" } });
  const body = await response.text();
  failOnStatus(response, body);
  return readKeys(body);
}

const NO_KEYS: KeySet = { keys: [], algs: [], others: [] };

/** As `loadKeys`; none, where the provider publishes none and its tokens are signed otherwise. */
export async function loadKeysIfAny(fetch: GuardedFetch, certsUrl: string): Promise<KeySet> {
  try {
    return await loadKeys(fetch, certsUrl);
  } catch (error) {
    if (error instanceof ProtocolFailure && error.code === "jwks_empty") return NO_KEYS;
    throw error;
  }
}

/** Key IDs that more than one key has. */
export function repeatedKeyIds({ keys }: KeySet): string[] {
  const ids = keys.map((key) => textOf(key, "kid")).filter((id) => id !== null);
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
}

/** "2 signing keys: RS256, ES256". */
export const keySummary = ({ keys, algs }: KeySet): string =>
  `${keys.length} signing ${keys.length === 1 ? "key" : "keys"}: ${algs.join(", ")}`;

function asFieldError(error: unknown): Error {
  if (error instanceof ProtocolFailure) {
    const { title, cause, fixes } = diagnosisFor(error.code, "keys", error.facts);
    return new AppError("outbound_failed", `${title}. ${cause}`, {
      fix: fixes[0],
      fields: { certs_url: [`${title}. ${cause}`] },
      cause: error,
    });
  }
  if (!isAppError(error) || networkFault(error) === null) return error as Error;
  return new AppError(error.code, error.message, {
    fix: error.fix,
    fields: { certs_url: [error.message] },
    cause: error,
  });
}

/**
 * Whether a Certificate URL serves signing keys: how many, and their algorithms. Throws AppError
 * `outbound_blocked` or `outbound_failed` with the message also on the field `certs_url`.
 */
export async function checkKeys(
  policy: OutboundPolicy,
  certsUrl: string,
  tls: ClientTls | null = null,
): Promise<{ count: number; algs: string[] }> {
  try {
    if (certsUrl.startsWith("http:") && !(await mayUsePlainHttp(policy, certsUrl))) {
      throw new ProtocolFailure("plain_http", factsOf({ Field: "Certificate URL" }));
    }
    const { keys, algs } = await loadKeys(
      guardedFetch(policy, { plainHttpToListed: true, tls }),
      certsUrl,
    );
    return { count: keys.length, algs };
  } catch (error) {
    throw asFieldError(error);
  }
}
