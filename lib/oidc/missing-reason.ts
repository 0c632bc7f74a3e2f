import { type FoundClaim, otherSpelling } from "./claim-lookup";
import type { Connection } from "./schema";

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

const scopeOf = (claim: string): string | null =>
  Object.entries(SCOPES).find(([, claims]) => claims.includes(claim.toLowerCase()))?.[0] ?? null;

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
  if (claims.some((claim) => claim.name === name)) return "It came, but it is empty for this user.";
  const scope = scopeOf(name);
  if (scope !== null && !connection.scopes.includes(scope)) {
    return `The scope ${scope} was not asked for. Add it to Scopes if your provider has it.`;
  }
  if (connection.userinfoUrl === null) {
    return "It is not in the ID token, and no User info URL is set.";
  }
  return userInfoAsked
    ? "It is neither in the ID token nor in user info. The user may have no value, or the provider does not send it to this app."
    : "It is not in the ID token, and user info could not be used.";
}
