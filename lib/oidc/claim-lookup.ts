import type { JsonObject } from "./parse-json";
import type { ClaimSource } from "./schema";

/** Verified claims. User info is here only when its `sub` was the ID token's. */
export interface ClaimSets {
  idToken: JsonObject;
  userInfo: JsonObject | null;
  /** The whole list of the groups API; null when there is none, or it could not be read. */
  groups?: readonly string[] | null;
}

export interface FoundClaim {
  name: string;
  value: unknown;
  source: ClaimSource;
}

/** All claims by name: the list of the groups API counts first, then the ID token, then user info. */
export function allClaims({ idToken, userInfo, groups }: ClaimSets): FoundClaim[] {
  const sets: [ClaimSource, JsonObject][] = [
    ["groups_api", groups ? { groups } : {}],
    ["id_token", idToken],
    ["user_info", userInfo ?? {}],
  ];
  const found = new Map<string, FoundClaim>();
  for (const [source, claims] of sets) {
    for (const [name, value] of Object.entries(claims)) {
      if (!found.has(name)) found.set(name, { name, value, source });
    }
  }
  return [...found.values()];
}

/** A claim by its exact name. Null and absent are the same: nothing came. */
export const findClaim = (claims: readonly FoundClaim[], name: string): FoundClaim | null =>
  claims.find((claim) => claim.name === name && claim.value !== null) ?? null;

/** The spelling of a claim that differs from a name in case alone. */
export const otherSpelling = (claims: readonly FoundClaim[], name: string): string | null =>
  claims.find((claim) => claim.name !== name && claim.name.toLowerCase() === name.toLowerCase())
    ?.name ?? null;
