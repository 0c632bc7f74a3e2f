import type { PersonIdentity } from "@/lib/users/schema";
import { fullPath } from "../facts";
import { type Hint, MOST_HINTS, type RuleHints } from "./schema";

/** Longer ones are tokens and pictures rather than something to compare with. */
const LONGEST = 200;

type Counts = Map<string, number>;

export const people = (count: number): string =>
  `${count.toLocaleString("en")} ${count === 1 ? "person" : "people"}`;

const fits = (text: string): boolean =>
  text.trim() !== "" && text.length <= LONGEST && !/\p{Cc}/u.test(text);

/** Adds one person: what they have several times counts once. */
function count(counts: Counts, values: Iterable<string>): void {
  for (const value of new Set(values)) {
    if (fits(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
}

const byPeople = ([a, m]: [string, number], [b, n]: [string, number]): number =>
  n - m || (a < b ? -1 : 1);

const listed = (counts: Counts): Hint[] =>
  [...counts]
    .sort(byPeople)
    .slice(0, MOST_HINTS)
    .map(([value, number]) => ({ value, detail: people(number) }));

function valuesIn({ claims, groups }: PersonIdentity): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, values } of claims) {
    for (const { path, value } of values) {
      const full = fullPath(name, path);
      found.set(full, [...(found.get(full) ?? []), value]);
    }
  }
  // A rule about the claim `groups` sees those of the groups API as well.
  if (groups.length > 0) found.set("groups", [...(found.get("groups") ?? []), ...groups]);
  return found;
}

/** The groups, and the values by claim, that people have; those of the most people first. */
export function tally(
  identities: readonly PersonIdentity[],
): Pick<RuleHints, "claims" | "groups" | "values"> {
  const groups: Counts = new Map();
  const names: Counts = new Map();
  const values = new Map<string, Counts>();
  for (const identity of identities) {
    count(groups, identity.groups);
    const found = valuesIn(identity);
    count(names, found.keys());
    for (const [claim, own] of found) {
      const counts = values.get(claim) ?? new Map();
      values.set(claim, counts);
      count(counts, own);
    }
  }
  const claims = listed(names);
  return {
    claims,
    groups: listed(groups),
    values: claims.map(({ value: claim }) => ({
      claim,
      hints: listed(values.get(claim) ?? new Map()),
    })),
  };
}
