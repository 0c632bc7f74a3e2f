import {
  allClaims,
  type ClaimSets,
  type FoundClaim,
  findClaim,
  otherSpelling,
} from "./claim-lookup";
import { claimType, claimValues } from "./claim-values";
import type { DiagnosisCode } from "./diagnose";
import { emailIn } from "./email";
import { factsOf } from "./failure";
import { missingReason } from "./missing-reason";
import { isJsonObject } from "./parse-json";
import type { Connection, Fact, Identity } from "./schema";

export interface Finding {
  code: DiagnosisCode;
  facts: Fact[];
}

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
const MOST_UNSAVED_VALUES = 50;
/** Where Okta cuts a groups claim (reference: protocols §3). */
const GROUPS_LIMIT = 100;

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

function groupsOf(claims: readonly FoundClaim[]): Sourced<string[]> | null {
  const name = otherSpelling(claims, "groups");
  return list(findClaim(claims, "groups") ?? (name === null ? null : findClaim(claims, name)));
}

/** For the fix that tells to set the User info URL, which is left out where one is set. */
const unsetUserInfo = ({ userinfoUrl }: Connection) => (userinfoUrl === null ? "not set" : null);

function emailOf(claims: readonly FoundClaim[], connection: Connection) {
  const { emailClaim } = connection;
  const candidates = [emailClaim, "email"].map((name) => findClaim(claims, name));
  const claim = candidates.find((found) => found && emailIn(found.value) !== null) ?? null;
  const address = emailIn(claim?.value);
  const suggested = claims.find(
    ({ name, value }) => name !== emailClaim && emailIn(value) !== null,
  );
  const facts = factsOf({
    "Email claim name": emailClaim,
    "Suggested claim": claim ? null : suggested?.name,
    "Other spelling": findClaim(claims, emailClaim) ? null : otherSpelling(claims, emailClaim),
    "User info URL": unsetUserInfo(connection),
  });
  const code: DiagnosisCode = candidates.some(Boolean) ? "email_invalid" : "no_email";
  return {
    email: claim && address !== null ? sourced(claim, address) : null,
    problem: address === null ? { code, facts } : null,
    warnings:
      claim && claim.name !== emailClaim ? [{ code: "email_fallback" as const, facts }] : [],
  };
}

function groupWarnings(claims: readonly FoundClaim[], groups: Sourced<string[]> | null): Finding[] {
  if (groups?.source === "groups_api") return [];
  const count = groups?.value.length ?? 0;
  const elsewhere = findClaim(claims, "_claim_names")?.value;
  // Entra ID leaves the list out above 200 groups and says where it is (OpenID Connect Core §5.6.2).
  if (isJsonObject(elsewhere) && Object.hasOwn(elsewhere, "groups")) {
    return [{ code: "groups_overage", facts: [] }];
  }
  return count === GROUPS_LIMIT
    ? [{ code: "groups_limit", facts: factsOf({ Groups: count }) }]
    : [];
}

function isUnverified(claims: readonly FoundClaim[], email: Sourced<string> | null): boolean {
  const verified = claims.find(({ name }) => name === "email_verified")?.value;
  return email?.claim === "email" && (verified === false || verified === "false");
}

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

function customOf(claims: readonly FoundClaim[], connection: Connection, asked: boolean) {
  const custom: Identity["custom"] = [];
  const missing: Identity["missing"] = [];
  for (const name of new Set(connection.claims)) {
    const claim = findClaim(claims, name);
    if (!claim) missing.push({ name, reason: missingReason(name, claims, connection, asked) });
    else {
      const { source, value } = claim;
      const { values, note } = claimValues(value);
      custom.push({ name, source, value, values, ...(note && { note }) });
    }
  }
  return { custom, missing };
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
  const groups = groupsOf(claims);
  const { custom, missing } = customOf(claims, connection, userInfoAsked);
  const known = new Set([...PROTOCOL, ...connection.claims, connection.emailClaim]);
  const findings: Finding[] = [...warnings, ...groupWarnings(claims, groups)];
  if (isUnverified(claims, email)) findings.push({ code: "email_unverified", facts: [] });
  if (missing.length > 0) {
    const facts = factsOf({
      Missing: missing.map(({ name }) => name),
      "User info URL": unsetUserInfo(connection),
    });
    findings.push({ code: "claims_missing", facts });
  }
  return {
    identity: {
      sub: { value: String(sets.idToken.sub), source: "id_token", claim: "sub" },
      email,
      name: text(claims, "name", "preferred_username"),
      groups,
      amr: list(findClaim(claims, "amr")),
      custom,
      missing,
      unsaved: claims
        .filter(({ name }) => !known.has(name))
        .slice(0, MOST_UNSAVED)
        .map(unsavedClaim),
    },
    problem,
    warnings: findings,
  };
}
