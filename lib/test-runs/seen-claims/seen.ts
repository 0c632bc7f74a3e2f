import { claimType } from "@/lib/oidc/claim-values";
import type { ClaimSource, Outcome } from "@/lib/oidc/schema";

/** A claim as it is remembered: never its value. */
export interface SeenClaim {
  /** Name, or path of a nested value, as OIDC Claims takes it. */
  name: string;
  type: string;
  source: ClaimSource;
}

/** Claims of the protocol itself, which nobody saves or misses. */
const PROTOCOL = new Set(
  "iss sub aud exp iat nbf nonce at_hash c_hash s_hash jti azp sid typ".split(" "),
);
/** Null and absent are the same: nothing came. */
const NOTHING = claimType(null);
const LONGEST = 256;
export const MOST_SEEN = 500;

const named = (source: ClaimSource, claims: Record<string, unknown> | null): SeenClaim[] =>
  Object.entries(claims ?? {}).map(([name, value]) => ({ name, type: claimType(value), source }));

/** Names, paths, types and sources of the claims that a run brought; at most 500, each once. */
export function seenIn({ claims, identity }: Pick<Outcome, "claims" | "identity">): SeenClaim[] {
  const groups = identity?.groups?.source === "groups_api" ? { groups: [] } : null;
  const all = [
    ...named("groups_api", groups),
    ...named("id_token", claims?.idTokenPayload ?? null),
    ...named("user_info", claims?.userInfo ?? null),
    ...(identity?.custom ?? []).map(({ name, value, source }) => ({
      name,
      type: claimType(value),
      source,
    })),
    ...(identity?.unsaved ?? []).map(({ name, type, source }) => ({ name, type, source })),
  ];
  const once = new Map<string, SeenClaim>();
  for (const claim of all) if (!once.has(claim.name)) once.set(claim.name, claim);
  return [...once.values()]
    .filter(({ name, type }) => {
      return type !== NOTHING && name !== "" && name.length <= LONGEST && !PROTOCOL.has(name);
    })
    .slice(0, MOST_SEEN);
}
