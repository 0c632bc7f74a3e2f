import { type FoundClaim, findClaim, otherSpelling } from "./claim-lookup";
import { factsOf } from "./failure";
import type { Finding } from "./finding";
import { respelled, scopeFor } from "./missing-reason";
import { isJsonObject, textOf } from "./parse-json";
import type { Connection, Fact, Identity } from "./schema";

type Groups = Identity["groups"];

/** Where Okta cuts a groups claim (reference: protocols §3). */
const LIMIT = 100;
const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The claim of the groups, whatever its case. */
export function groupsClaim(claims: readonly FoundClaim[]): FoundClaim | null {
  const name = otherSpelling(claims, "groups");
  return findClaim(claims, "groups") ?? (name === null ? null : findClaim(claims, name));
}

/**
 * Entra ID leaves the list out above 200 groups and says where it is instead (OpenID Connect Core
 * §5.6.2), or that there are groups at all.
 */
function overage(claims: readonly FoundClaim[]): Fact[] | null {
  const names = findClaim(claims, "_claim_names")?.value;
  if (isJsonObject(names) && Object.hasOwn(names, "groups")) {
    const sources = findClaim(claims, "_claim_sources")?.value;
    const source = isJsonObject(sources) ? sources[textOf(names, "groups") ?? ""] : null;
    return factsOf({
      "Instead of the groups came": "_claim_names, a reference to a list elsewhere",
      "The list is at": isJsonObject(source) ? textOf(source, "endpoint") : null,
    });
  }
  const has = findClaim(claims, "hasgroups")?.value;
  return has === true || has === "true"
    ? factsOf({ "Instead of the groups came": "hasgroups, without any list" })
    : null;
}

/** What the values themselves tell. */
function shapeOf(groups: readonly string[]): Finding[] {
  const facts = factsOf({ Groups: groups.length, Example: groups[0] });
  if (groups.length === 0) return [];
  if (groups.every((group) => GUID.test(group))) return [{ code: "groups_ids", facts }];
  if (groups.every((group) => /^\/./.test(group))) return [{ code: "groups_paths", facts }];
  return [];
}

const expectsGroups = ({ expectsGroups: always, claims }: Connection): boolean =>
  always === true || claims.includes("groups");

function missing(claims: readonly FoundClaim[], connection: Connection): Finding {
  const scope = scopeFor("groups", claims, connection);
  const unset = connection.userinfoUrl === null ? "not set" : null;
  return {
    code: "groups_missing",
    facts: factsOf({ "Scopes to add": scope, "User info URL": unset }),
    remedies: respelled(["groups"], claims, connection),
  };
}

/** What an admin should know of the groups that came, or did not come. */
export function groupFindings(
  claims: readonly FoundClaim[],
  groups: Groups,
  connection: Connection,
): Finding[] {
  if (groups?.source === "groups_api") return [];
  const elsewhere = overage(claims);
  if (elsewhere) return [{ code: "groups_overage", facts: elsewhere }];
  const values = groups?.value ?? [];
  if (values.length === 0) return expectsGroups(connection) ? [missing(claims, connection)] : [];
  const limit: Finding[] =
    values.length === LIMIT ? [{ code: "groups_limit", facts: factsOf({ Groups: LIMIT }) }] : [];
  return [...limit, ...shapeOf(values)];
}
