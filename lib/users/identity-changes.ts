import { diffOf } from "@/lib/audit/diff";
import type { Change } from "@/lib/audit/schema";
import type { PersonIdentity } from "./schema";

const byKey = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** JSON that does not depend on the order of keys, which a database does not keep. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, byKey);

/** Who somebody is: not how and when they signed in, nor what an admin calls their login method. */
function comparable({ email, name, groups, claims, scim }: PersonIdentity) {
  const said = {
    ...{ email, name, groups: groups.toSorted() },
    claims: Object.fromEntries(claims.map((claim) => [claim.name, claim.value])),
    scim: scim && { ...scim, refreshedAt: undefined },
  };
  return JSON.parse(canonicalJson(said)) as Record<string, unknown>;
}

/** What the provider says otherwise about a person than it did. */
export const identityChanges = (before: PersonIdentity, after: PersonIdentity): Change[] =>
  diffOf(comparable(before), comparable(after));
