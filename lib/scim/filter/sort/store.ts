import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { SortOrder } from "../../list-query";
import type { ResourceType } from "../../schema";
import { readAttributePath } from "../../schemas/attribute-path";
import { invalidValue } from "../../scim-error";
import type { Leaf } from "../compare/store";
import { type Place, placeOf, type Step, valuePlace } from "../place";
import { attributesOf, stored } from "../tables/store";
import { listOf, partOf } from "../walk/store";

const refuse = (sortBy: string) =>
  invalidValue(
    `Lists cannot be sorted by ${sortBy.slice(0, 100)}. Choose an attribute with one value.`,
  );

/** By code points, whatever the database's locale. */
const byText = (text: SQL, fold: boolean): SQL =>
  fold ? sql`lower(${text}) collate "C"` : sql`${text} collate "C"`;

const jsonText = (json: SQL): SQL =>
  sql`(case when jsonb_typeof(${json}) in ('string', 'boolean') then ${json} #>> '{}' end)`;

function leafValue(leaf: Leaf, fold: boolean, sortBy: string): SQL {
  switch (leaf.kind) {
    case "address":
    case "json":
    case "keys":
      throw refuse(sortBy);
    case "key":
      // In the order of its index, which is the database's locale's.
      return leaf.sql;
    case "text":
      return byText(leaf.sql, fold);
    case "uuid":
    case "boolean":
    case "instant":
      return leaf.sql;
  }
}

/** Of several values the primary one is sorted by, or else the first (RFC 7644 §3.4.2.3). */
function jsonValue(json: SQL, [step, ...rest]: readonly Step[], fold: boolean): SQL {
  if (!step) return byText(jsonText(json), fold);
  const part = partOf(json, step.name);
  if (step.reach === "one") return jsonValue(part, rest, fold);
  return sql`(select ${jsonValue(sql`entry.value`, rest, fold)}
    from jsonb_array_elements(${listOf(part)}) with ordinality as entry(value, position)
    order by (entry.value -> 'primary') is distinct from 'true'::jsonb, entry.position limit 1)`;
}

function valueAt({ steps, definition }: Place, type: ResourceType, sortBy: string): SQL {
  const [first, second] = steps;
  const fold = definition?.caseExact === false;
  const place = first && Object.hasOwn(stored[type], first.name) && stored[type][first.name];
  if (!place) return jsonValue(attributesOf[type], steps, fold);
  const leaf = place.kind === "row" && second ? place.parts[second.name] : place;
  if (!leaf || leaf.kind === "row" || leaf.kind === "rows") throw refuse(sortBy);
  return leafValue(leaf, fold, sortBy);
}

const TIES = {
  User: [sql`scim_users.created_at`, sql`scim_users.id`],
  Group: [sql`scim_groups.created_at`, sql`scim_groups.id`],
} as const;

/**
 * What to order a list of `scim_users` or `scim_groups` by (RFC 7644 §3.4.2.3): resources without a
 * value come last when ascending and first when descending, equal ones in the order in which they
 * were made. Attributes that no schema describes order nothing. Throws ScimError 400 `invalidValue`
 * for what has no order.
 */
export function sortToSql(sortBy: string | null, sortOrder: SortOrder, type: ResourceType): SQL[] {
  const path = sortBy === null ? null : readAttributePath(sortBy);
  if (sortBy !== null && (!path || path.name === null)) throw refuse(sortBy);
  const named = path && placeOf(type, path);
  const place = named && valuePlace(named);
  if (sortBy === null || !place?.definition) return [...TIES[type]];
  if (place.definition.type === "complex" || place.definition.returned === "never") {
    throw refuse(sortBy);
  }
  const value = valueAt(place, type, sortBy);
  return [sortOrder === "descending" ? sql`${value} desc` : value, ...TIES[type]];
}
