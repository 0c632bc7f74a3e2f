import { verify } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Judgement } from "@/lib/policies/evaluate";
import {
  type PersonToken,
  personTokenSchema,
  type ServiceTokenClaims,
  serviceTokenClaimsSchema,
  sessionIdOf,
} from "@/lib/sessions/schema";
import type { GateSession } from "./sessions";
import type { Snapshot } from "./snapshot";

export type Claims = PersonToken | ServiceTokenClaims;

/** What was decided last about a token, and what that depended on. */
export interface Remembered {
  revision: number;
  session: GateSession;
  ip: string;
  country: string | null;
  judgement: Judgement;
}

/** A token whose signature was verified. Whether it still holds is asked at every request. */
export interface VerifiedToken {
  kid: string;
  claims: Claims;
  /** That a person's token belongs to; null for a program's. */
  sessionId: string | null;
  remembered: Remembered | null;
}

/** Verified tokens of a process by the whole token: part of one would not bind the rest. */
export type VerifiedTokens = LRUCache<string, VerifiedToken>;

const MOST_TOKENS = 20_000;
/** Longer ones are not ours: `MAX_TOKEN_BYTES` in lib/sessions/mint.ts. */
const LONGEST = 4_096;
/** Seconds by which the clocks of two instances may differ. */
const SKEW_S = 5;

export const newVerifiedTokens = (): VerifiedTokens => new LRUCache({ max: MOST_TOKENS });

const PARTS = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

function json(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

/** RFC 7515 §4: only what `signToken` of lib/keys writes. */
function keyIdIn(header: unknown): string | null {
  const { alg, kid, typ, crit } = (header ?? {}) as Record<string, unknown>;
  const ours = alg === "RS256" && typ === "JWT" && typeof kid === "string" && crit === undefined;
  return ours ? kid : null;
}

function claimsIn(payload: unknown): Claims | null {
  return (
    personTokenSchema.safeParse(payload).data ??
    serviceTokenClaimsSchema.safeParse(payload).data ??
    null
  );
}

function verifyAnew(token: string, { keys }: Pick<Snapshot, "keys">): VerifiedToken | null {
  const [, header = "", payload = "", signature = ""] = PARTS.exec(token) ?? [];
  const kid = keyIdIn(json(header));
  const key = kid === null ? undefined : keys.get(kid)?.key;
  if (kid === null || !key) return null;
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url"))) return null;
  const claims = claimsIn(json(payload));
  if (!claims) return null;
  const sessionId = "identity_nonce" in claims ? sessionIdOf(claims.identity_nonce) : null;
  return { kid, claims, sessionId, remembered: null };
}

/** The team domain that issued it may have another name since; the key may be over. */
const holds = (
  { kid, claims }: VerifiedToken,
  { keys, teamDomain }: Pick<Snapshot, "keys" | "teamDomain">,
  now: number,
): boolean => {
  const seconds = now / 1000;
  const begins = "nbf" in claims ? claims.nbf : claims.iat;
  return (
    claims.exp > seconds &&
    begins <= seconds + SKEW_S &&
    claims.iss === teamDomain &&
    now < (keys.get(kid)?.until ?? 0)
  );
};

/**
 * The claims of an application token that this installation signed (RS256, RFC 7515, RFC 7519) and
 * that has neither ended nor not begun at `now` (milliseconds since 1970). Null for anything else.
 * What it is for, and whether its session lives, is the caller's to ask.
 */
export function verifiedToken(
  cache: VerifiedTokens,
  token: string,
  snapshot: Pick<Snapshot, "keys" | "teamDomain">,
  now: number,
): VerifiedToken | null {
  if (token.length > LONGEST) return null;
  const known = cache.get(token);
  if (known) return holds(known, snapshot, now) ? known : null;
  const fresh = verifyAnew(token, snapshot);
  if (!fresh || !holds(fresh, snapshot, now)) return null;
  cache.set(token, fresh);
  return fresh;
}
