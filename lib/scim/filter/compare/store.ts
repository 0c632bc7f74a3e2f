import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { containing, endingWith, startingWith } from "@/db/like";
import { isId } from "../../resource-id";
import { ScimError } from "../../scim-error";
import type { CompareOperator } from "../filter";
import type { Comparand } from "../resolve";

/** A value in SQL, by how it is stored. */
export type Leaf =
  | { readonly kind: "json" | "text" | "uuid" | "boolean" | "instant"; readonly sql: SQL }
  /** Text that is stored in lower case, for an attribute without case. */
  | { readonly kind: "key"; readonly sql: SQL }
  /** Text[] of the same. */
  | { readonly kind: "keys"; readonly sql: SQL }
  /** Made when it is shown: it can be there or not, and no more. */
  | { readonly kind: "address" };

export const YES = sql`true`;
export const NO = sql`false`;

/** Null where there is something else, which is as good as nothing. Nothing here can fail on any data. */
function asKind(json: SQL, kind: Comparand["kind"]): SQL {
  const text = sql`(${json} #>> '{}')`;
  switch (kind) {
    case "text":
      return sql`(case when jsonb_typeof(${json}) = 'string' then ${text} end)`;
    case "number":
      return sql`(case when jsonb_typeof(${json}) = 'number' then ${text}::numeric end)`;
    case "boolean":
      return sql`(case lower(${text}) when 'true' then true when 'false' then false end)`;
    case "instant":
      return sql`null::timestamptz`;
  }
}

const SIGNS = { eq: "=", ne: "<>", gt: ">", ge: ">=", lt: "<", le: "<=" } as const;

function compareText(value: SQL, operator: CompareOperator, to: string, fold: boolean): SQL {
  const folded = fold ? sql`lower(${value})` : value;
  const wanted = (text: string) => (fold ? sql`lower(${text}::text)` : sql`${text}::text`);
  switch (operator) {
    case "co":
      return sql`${folded} like ${wanted(containing(to))}`;
    case "sw":
      return sql`${folded} like ${wanted(startingWith(to))}`;
    case "ew":
      return sql`${folded} like ${wanted(endingWith(to))}`;
    case "eq":
    case "ne":
      return sql`${folded} ${sql.raw(SIGNS[operator])} ${wanted(to)}`;
    default:
      // By code points, whatever the database's locale.
      return sql`${folded} collate "C" ${sql.raw(SIGNS[operator])} ${wanted(to)} collate "C"`;
  }
}

function compareValue(value: SQL, operator: CompareOperator, { kind, value: to }: Comparand): SQL {
  if (operator === "co" || operator === "sw" || operator === "ew") return NO;
  const sign = sql.raw(SIGNS[operator]);
  if (kind === "boolean") return sql`${value} ${sign} ${to}::boolean`;
  if (kind === "number") return sql`${value} ${sign} ${String(to)}::numeric`;
  return sql`${value} ${sign} ${new Date(to as number).toISOString()}::timestamptz`;
}

const isTextOf = (comparand: Comparand): comparand is Comparand & { kind: "text" } =>
  comparand.kind === "text";

function compareId(id: SQL, operator: CompareOperator, to: string): SQL {
  if (operator !== "eq") return compareText(sql`${id}::text`, operator, to, false);
  return isId(to) && to === to.toLowerCase() ? sql`${id} = ${to}::uuid` : NO;
}

/** Whether a value compares as asked. True or false, and never null. */
export function compareLeaf(leaf: Leaf, operator: CompareOperator, comparand: Comparand): SQL {
  if (leaf.kind === "address") {
    throw new ScimError(400, "Addresses ($ref, location) cannot be searched for.", "invalidFilter");
  }
  if (leaf.kind === "json") {
    const value = asKind(leaf.sql, comparand.kind);
    return isTextOf(comparand)
      ? sql`(${compareText(value, operator, comparand.value, !comparand.caseExact)}) is true`
      : sql`(${compareValue(value, operator, comparand)}) is true`;
  }
  if (isTextOf(comparand)) return compareTextLeaf(leaf, operator, comparand);
  return leaf.kind === comparand.kind ? sql`(${compareValue(leaf.sql, operator, comparand)})` : NO;
}

type TextLeaf = Exclude<Leaf, { kind: "address" }>;

function compareTextLeaf(
  leaf: TextLeaf,
  operator: CompareOperator,
  { value, caseExact }: Comparand & { kind: "text" },
): SQL {
  const lower = value.toLowerCase();
  switch (leaf.kind) {
    case "uuid":
      // Ids are shown in lower case.
      return sql`(${compareId(leaf.sql, operator, caseExact ? value : lower)})`;
    case "keys":
      return sql`${leaf.sql} @> array[${lower}]::text[]`;
    case "key":
      return sql`(${compareText(leaf.sql, operator, lower, false)})`;
    case "text":
      // Not "is true": that would keep an index from being used.
      return sql`(${leaf.sql} is not null and ${compareText(leaf.sql, operator, value, !caseExact)})`;
    case "json":
    case "boolean":
    case "instant":
      return NO;
  }
}

/** Whether there is a value of the kind that the comparison is about. */
export function hasKind(leaf: Leaf, { kind }: Comparand): SQL {
  if (leaf.kind === "address") return YES;
  const value = leaf.kind === "json" ? asKind(leaf.sql, kind) : leaf.sql;
  return sql`${value} is not null`;
}

/** Anything in it that is not null, an empty text, or a shell around such. */
const PRESENT =
  'strict $.** ? ((@.type() == "string" && @ != "") || @.type() == "number" || @.type() == "boolean")';

export function isPresent(leaf: Leaf): SQL {
  switch (leaf.kind) {
    case "address":
      return YES;
    case "json":
      return sql`(jsonb_path_exists(${leaf.sql}, ${PRESENT}::jsonpath)) is true`;
    case "text":
    case "key":
      return sql`(${leaf.sql} is not null and ${leaf.sql} <> '')`;
    default:
      return sql`(${leaf.sql} is not null)`;
  }
}
