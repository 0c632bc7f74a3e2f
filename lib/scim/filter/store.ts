import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { isId } from "../resource-id";
import type { ResourceType } from "../schema";
import { compareLeaf, hasKind, isPresent, NO, YES } from "./compare/store";
import type { Filter } from "./filter";
import type { Place } from "./place";
import { type Resolved, resolveFilter } from "./resolve";
import { emailKeys, groupsWithMember, usersInGroup } from "./tables/store";
import { type Aliases, aliases, atLeaf, type Here, walk } from "./walk/store";

export { sortToSql } from "./sort/store";

type Comparison = Resolved & { kind: "compare" };

function together(kind: "and" | "or", conditions: SQL[]): SQL {
  return sql`(${sql.join(conditions, kind === "and" ? sql` and ` : sql` or `)})`;
}

const isAt = ({ steps }: Place, ...names: string[]): boolean =>
  steps.length === names.length && steps.every(({ name }, index) => name === names[index]);

/** Equality that an index answers; null for others. It says all there is to say. */
function indexed(here: Here, { place, operator, comparand }: Comparison): SQL | null {
  if (here.kind !== "resource" || operator !== "eq" || comparand.kind !== "text") return null;
  if (here.type === "User" && isAt(place, "emails", "value")) {
    return compareLeaf(emailKeys, operator, comparand);
  }
  const id = comparand.value.toLowerCase();
  const hasMember = here.type === "Group" && isAt(place, "members", "value");
  if (hasMember) return isId(id) ? groupsWithMember(id) : NO;
  const isMember = here.type === "User" && isAt(place, "groups", "value");
  if (isMember) return isId(id) ? usersInGroup(id) : NO;
  return null;
}

function compared(here: Here, comparison: Comparison, names: Aliases): SQL {
  const { place, operator, comparand } = comparison;
  const byIndex = indexed(here, comparison);
  if (byIndex) return byIndex;
  const found = walk(
    here,
    place.steps,
    names,
    atLeaf((leaf) => compareLeaf(leaf, operator, comparand), NO),
  );
  if (operator !== "ne") return found;
  // Where there is no value, there is none that equals.
  const there = walk(
    here,
    place.steps,
    names,
    atLeaf((leaf) => hasKind(leaf, comparand), NO),
  );
  return sql`(${found} or not ${there})`;
}

/**
 * What an index can tell of the values in brackets: each equality that all of them must meet, as
 * though it stood alone. It says less than the brackets do, never more.
 */
function hints(here: Here, place: Place, filter: Resolved): SQL[] {
  if (filter.kind === "and") return filter.operands.flatMap((each) => hints(here, place, each));
  if (filter.kind !== "compare") return [];
  const steps = [...place.steps, ...filter.place.steps];
  const hint = indexed(here, { ...filter, place: { ...filter.place, steps } });
  return hint ? [hint] : [];
}

/** A single value that is not there meets nothing, not even a "not" in brackets. */
const isThere = (here: Here): SQL =>
  here.kind === "json" ? sql`coalesce(jsonb_typeof(${here.sql}), 'null') <> 'null'` : YES;

function condition(here: Here, filter: Resolved, names: Aliases): SQL {
  switch (filter.kind) {
    case "constant":
      return filter.value ? YES : NO;
    case "and":
    case "or":
      return together(
        filter.kind,
        filter.operands.map((operand) => condition(here, operand, names)),
      );
    case "not":
      return sql`(not ${condition(here, filter.operand, names)})`;
    case "present":
      return walk(here, filter.place.steps, names, atLeaf(isPresent, YES));
    case "compare":
      return compared(here, filter, names);
    case "value": {
      const inBrackets = walk(here, filter.place.steps, names, (value) =>
        together("and", [isThere(value), condition(value, filter.filter, names)]),
      );
      return together("and", [...hints(here, filter.place, filter.filter), inBrackets]);
    }
  }
}

/**
 * A filter as a condition on the rows of `scim_users` or `scim_groups`, which is true or false and
 * never null, and never fails on whatever `attributes` hold. Values are parameters. Limit the rows to
 * a login method beside it. Throws ScimError 400 `invalidFilter` for a comparison that makes no sense.
 */
export const filterToSql = (filter: Filter, type: ResourceType): SQL =>
  condition({ kind: "resource", type }, resolveFilter(filter, type), aliases());
