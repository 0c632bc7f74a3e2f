import { cameAs, type FoundClaim, otherSpelling } from "./claim-lookup";
import { pathTo } from "./claim-paths";
import type { Connection, Remedy } from "./schema";

/** Scopes that bring claims: OpenID Connect Core §5.4, and `groups` as most providers have it. */
const SCOPES: Record<string, readonly string[]> = {
  email: ["email", "email_verified"],
  profile:
    "name family_name given_name middle_name nickname preferred_username profile picture website gender birthdate zoneinfo locale updated_at".split(
      " ",
    ),
  phone: ["phone_number", "phone_number_verified"],
  address: ["address"],
  groups: ["groups"],
};
const MOST_REMEDIES = 2;

const scopeOf = (claim: string): string | null =>
  Object.entries(SCOPES).find(([, claims]) => claims.includes(claim.toLowerCase()))?.[0] ?? null;

const cameElsewhere = (claims: readonly FoundClaim[], name: string): string | null =>
  otherSpelling(claims, name) ?? (cameAs(claims, name) ? null : pathTo(claims, name));

/** The scope that a claim which did not come most likely needs. */
export const scopeFor = (
  name: string,
  claims: readonly FoundClaim[],
  { scopes }: Connection,
): string | null => {
  const scope = scopeOf(name);
  const unasked = scope !== null && !scopes.includes(scope);
  return unasked && !cameAs(claims, name) && cameElsewhere(claims, name) === null ? scope : null;
};

/** Saved names put right: the spelling, or the path, under which the claim did come. */
export function respelled(
  missing: readonly string[],
  claims: readonly FoundClaim[],
  connection: Connection,
): Remedy[] {
  return missing
    .flatMap((name) => {
      const found = cameElsewhere(claims, name);
      if (found === null || connection.claims.includes(found)) return [];
      const saved = connection.claims.map((one) => (one === name ? found : one));
      return [{ label: `Save ${found} in place of ${name}`, set: { claims: saved } }];
    })
    .slice(0, MOST_REMEDIES);
}

/** Why a saved claim most likely did not come, as one sentence. */
export function missingReason(
  name: string,
  claims: readonly FoundClaim[],
  connection: Connection,
  userInfoAsked: boolean,
): string {
  const spelled = otherSpelling(claims, name);
  if (spelled !== null) {
    return `It came as ${spelled}: upper and lower case make two claims. Save it as ${spelled}.`;
  }
  if (cameAs(claims, name)) return "It came, but it is empty for this user.";
  const nested = pathTo(claims, name);
  if (nested !== null) return `It was found at ${nested}. Save it as ${nested}.`;
  const scope = scopeFor(name, claims, connection);
  if (scope !== null) {
    return `The scope ${scope} was not asked for. Add it to Scopes if your provider has it.`;
  }
  if (connection.userinfoUrl === null) {
    return "It is not in the ID token, and no User info URL is set.";
  }
  return userInfoAsked
    ? "It is neither in the ID token nor in user info. The user may have no value, or the provider does not send it to this app."
    : "It is not in the ID token, and user info could not be used.";
}
