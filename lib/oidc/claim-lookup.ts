import type { JsonObject } from "./parse-json";
import type { ClaimSource } from "./schema";

/** Verified claims. User info is here only when its `sub` was the ID token's. */
export interface ClaimSets {
  idToken: JsonObject;
  userInfo: JsonObject | null;
}

export interface FoundClaim {
  name: string;
  value: unknown;
  source: ClaimSource;
}

/** All claims, those of the ID token first; a claim in both counts as the ID token's. */
export function allClaims({ idToken, userInfo }: ClaimSets): FoundClaim[] {
  const found = (object: JsonObject, source: ClaimSource): FoundClaim[] =>
    Object.entries(object).map(([name, value]) => ({ name, value, source }));
  const later = found(userInfo ?? {}, "user_info");
  return [
    ...found(idToken, "id_token"),
    ...later.filter(({ name }) => !Object.hasOwn(idToken, name)),
  ];
}

/** A claim by its exact name. Null and absent are the same: nothing came. */
export const findClaim = (claims: readonly FoundClaim[], name: string): FoundClaim | null =>
  claims.find((claim) => claim.name === name && claim.value !== null) ?? null;

/** The spelling of a claim that differs from a name in case alone. */
export const otherSpelling = (claims: readonly FoundClaim[], name: string): string | null =>
  claims.find((claim) => claim.name !== name && claim.name.toLowerCase() === name.toLowerCase())
    ?.name ?? null;
