import { createHash } from "node:crypto";
import { sameText } from "@/lib/kit/secrets";
import { factsOf, ProtocolFailure } from "./failure";
import { textOf } from "./parse-json";
import type { Jwt } from "./signature";

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

/** The first member name that an object has twice, or null. Names of nested objects do not count. */
export function repeatedMember(json: string): string | null {
  const seen = new Set<string>();
  let depth = 0;
  let nameIsNext = false;
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    if (token === "{" || token === ",") nameIsNext = depth === 1;
    if (!token.startsWith('"') || !nameIsNext || depth !== 1) continue;
    nameIsNext = false;
    const name = String(JSON.parse(token));
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}

/** RFC 7519 §4: a name that comes twice is two values to two programs. */
export function refuseRepeatedClaims({ compact }: Jwt): void {
  const [, payload = ""] = compact.split(".");
  const name = repeatedMember(Buffer.from(payload, "base64url").toString());
  if (name !== null) throw new ProtocolFailure("claim_twice", factsOf({ Claim: name }));
}

/** OpenID Connect Core §3.1.3.6; the hash that goes with EdDSA is nowhere agreed on. */
export function checkAccessTokenHash({ claims, alg }: Jwt, accessToken: string): void {
  const stated = textOf(claims, "at_hash");
  const [, bits] = /^(?:RS|PS|ES|HS)(256|384|512)$/.exec(alg) ?? [];
  if (stated === null || bits === undefined) return;
  const digest = createHash(`sha${bits}`).update(accessToken, "ascii").digest();
  const expected = digest.subarray(0, digest.length / 2).toString("base64url");
  if (!sameText(stated.replace(/=+$/, ""), expected)) {
    throw new ProtocolFailure("at_hash_mismatch", factsOf({ Claim: "at_hash" }));
  }
}
