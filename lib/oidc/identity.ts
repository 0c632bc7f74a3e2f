import {
  allClaims,
  type ClaimSets,
  distinctClaims,
  type FoundClaim,
  findClaim,
  resolveClaim,
} from "./claim-lookup";
import { pathsInto } from "./claim-paths";
import { claimType, claimValues } from "./claim-values";
import { emailOf } from "./email-claim";
import { factsOf } from "./failure";
import type { Finding } from "./finding";
import { groupFindings, groupsClaim } from "./groups-claim";
import { missingReason, respelled, scopeFor } from "./missing-reason";
import type { Connection, Identity } from "./schema";
import { unprovenEmail } from "./tenant";

export interface MappedIdentity {
  identity: Identity;
  /** Why there is no email address; such a person cannot be let in. */
  problem: Finding | null;
  warnings: Finding[];
}

/** Claims of the protocol itself, which nobody saves (OpenID Connect Core §2, §3.1.3.6). */
const PROTOCOL = new Set(
  "iss sub aud exp iat nbf nonce at_hash c_hash s_hash jti azp amr acr auth_time sid typ email email_verified name".split(
    " ",
  ),
);
const MOST_UNSAVED = 20;
/** Nested ones, besides. */
const MOST_PATHS = 40;
const MOST_PATHS_EACH = 15;
const MOST_UNSAVED_VALUES = 50;

type Sourced<T> = { value: T; source: FoundClaim["source"]; claim: string };
const sourced = <T>({ name, source }: FoundClaim, value: T): Sourced<T> => ({
  value,
  source,
  claim: name,
});

function text(claims: readonly FoundClaim[], ...names: string[]): Sourced<string> | null {
  for (const name of names) {
    const claim = findClaim(claims, name);
    if (typeof claim?.value === "string" && claim.value !== "") return sourced(claim, claim.value);
  }
  return null;
}

function list(claim: FoundClaim | null): Sourced<string[]> | null {
  if (!claim) return null;
  const values = claimValues(claim.value).values.map(({ value }) => value);
  return sourced(claim, [...new Set(values)]);
}

function isUnverified(claims: readonly FoundClaim[], email: Sourced<string> | null): boolean {
  const verified = findClaim(claims, "email_verified")?.value;
  return email?.claim === "email" && (verified === false || verified === "false");
}

/** Plain OAuth 2.0 has no ID token: there, what the API says of the person stands as user info. */
const subjectOf = ({ idToken, userInfo }: ClaimSets): Sourced<string> =>
  Object.hasOwn(idToken, "sub")
    ? { value: String(idToken.sub), source: "id_token", claim: "sub" }
    : { value: String(userInfo?.sub), source: "user_info", claim: "sub" };

function unsavedClaim({ name, source, value }: FoundClaim): Identity["unsaved"][number] {
  const { values, note } = claimValues(value);
  const more = values.length - MOST_UNSAVED_VALUES;
  const notes = [more > 0 ? `${more.toLocaleString("en")} more values came.` : null, note];
  return {
    name,
    source,
    type: claimType(value),
    values: values.slice(0, MOST_UNSAVED_VALUES),
    ...(notes.some(Boolean) && { note: notes.filter(Boolean).join(" ") }),
  };
}

/** What nobody has saved yet: claims by name, and behind each the paths into it. */
function unsavedOf(claims: readonly FoundClaim[], connection: Connection): Identity["unsaved"] {
  const known = new Set([...PROTOCOL, ...connection.claims, connection.emailClaim]);
  const roots = distinctClaims(claims).filter(({ name }) => !known.has(name));
  let room = MOST_PATHS;
  return roots.slice(0, MOST_UNSAVED).flatMap((root) => {
    const paths = pathsInto(claims, root, Math.min(room, MOST_PATHS_EACH));
    room -= paths.length;
    return [root, ...paths.filter(({ name }) => !known.has(name))].map(unsavedClaim);
  });
}

function customOf(claims: readonly FoundClaim[], connection: Connection, asked: boolean) {
  const custom: Identity["custom"] = [];
  const missing: Identity["missing"] = [];
  for (const name of new Set(connection.claims)) {
    const claim = resolveClaim(claims, name);
    if (!claim) missing.push({ name, reason: missingReason(name, claims, connection, asked) });
    else {
      const { source, value } = claim;
      const { values, note } = claimValues(value);
      custom.push({ name, source, value, values, ...(note && { note }) });
    }
  }
  return { custom, missing };
}

function missingFinding(
  missing: Identity["missing"],
  claims: readonly FoundClaim[],
  connection: Connection,
): Finding[] {
  // Missing groups have a diagnosis of their own.
  const names = missing.map(({ name }) => name).filter((name) => name !== "groups");
  if (names.length === 0) return [];
  const scopes = names.map((name) => scopeFor(name, claims, connection)).filter(Boolean);
  const facts = factsOf({
    Missing: names,
    "Scopes to add": scopes.length > 0 ? [...new Set(scopes)] : null,
    "User info URL": connection.userinfoUrl === null ? "not set" : null,
  });
  return [{ code: "claims_missing", facts, remedies: respelled(names, claims, connection) }];
}

/**
 * What the provider said about a person, as Gatehouse keeps it. `userInfoAsked` tells whether user
 * info was read at all. Pure; the claims must have been verified.
 */
export function mapIdentity(
  connection: Connection,
  sets: ClaimSets,
  userInfoAsked = sets.userInfo !== null,
): MappedIdentity {
  const claims = allClaims(sets);
  const { email, problem, warnings } = emailOf(claims, connection);
  const groups = list(groupsClaim(claims));
  const { custom, missing } = customOf(claims, connection, userInfoAsked);
  const unproven = unprovenEmail(connection, claims, email);
  const findings: Finding[] = [
    ...warnings,
    ...groupFindings(claims, groups, connection),
    ...(isUnverified(claims, email) ? [{ code: "email_unverified" as const, facts: [] }] : []),
    ...missingFinding(missing, claims, connection),
  ];
  return {
    identity: {
      sub: subjectOf(sets),
      email: unproven ? null : email,
      name: text(claims, "name", "preferred_username"),
      groups,
      amr: list(findClaim(claims, "amr")),
      custom,
      missing,
      unsaved: unsavedOf(claims, connection),
    },
    problem: problem ?? unproven,
    warnings: findings,
  };
}
