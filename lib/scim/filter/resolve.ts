import { ScimError } from "../scim-error";
import type { CompareOperator, Filter, Literal } from "./filter";
import { instantOf } from "./instant";
import { type Origin, type Place, placeOf, valuePlace } from "./place";

/** What is compared: with values of its own kind alone. Others are as good as not there. */
export type Comparand =
  | { readonly kind: "text"; readonly value: string; readonly caseExact: boolean }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: number }
  /** Milliseconds. */
  | { readonly kind: "instant"; readonly value: number };

/** A filter whose names and values are understood. There is no null in it: it means "not present". */
export type Resolved =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "and" | "or"; readonly operands: readonly Resolved[] }
  | { readonly kind: "not"; readonly operand: Resolved }
  | { readonly kind: "present"; readonly place: Place }
  | {
      readonly kind: "compare";
      readonly place: Place;
      readonly operator: CompareOperator;
      readonly comparand: Comparand;
    }
  | { readonly kind: "value"; readonly place: Place; readonly filter: Resolved };

const never: Resolved = { kind: "constant", value: false };
const refuse = (detail: string) => new ScimError(400, detail, "invalidFilter");

const EQUALITY = new Set<CompareOperator>(["eq", "ne"]);
const IN_TEXT = new Set<CompareOperator>(["co", "sw", "ew"]);

type Value = Exclude<Literal, null>;

const NOT_TEXT = new Set(["dateTime", "integer", "decimal", "number"]);

function assertOperator(
  operator: CompareOperator,
  { text, definition }: Place,
  value: Value,
): void {
  // What no schema describes is what it is compared with.
  const type = definition?.type ?? typeof value;
  if (type === "boolean" && !EQUALITY.has(operator)) {
    throw refuse(`${text} is true or false: compare it with eq or ne.`);
  }
  if (NOT_TEXT.has(type) && IN_TEXT.has(operator)) {
    throw refuse(`${text} is not text: compare it with eq, ne, gt, ge, lt or le.`);
  }
}

const booleans = new Map([
  ["true", true],
  ["false", false],
]);

function booleanOf(value: Value, { text }: Place): Comparand {
  // Entra sends roles[primary eq "True"].
  const read = typeof value === "string" ? booleans.get(value.toLowerCase()) : value;
  if (typeof read !== "boolean") throw refuse(`${text} is true or false: write it without quotes.`);
  return { kind: "boolean", value: read };
}

function dateOf(value: Value, { text }: Place): Comparand {
  const read = typeof value === "string" ? instantOf(value) : null;
  if (read === null) {
    throw refuse(`${text} is a date and time: write it like "2026-01-31T12:00:00Z".`);
  }
  return { kind: "instant", value: read };
}

/** Of what no schema describes, the value that it is compared with tells what it is. */
const plain = (value: Value): Comparand => {
  if (typeof value === "string") return { kind: "text", value, caseExact: false };
  return typeof value === "number" ? { kind: "number", value } : { kind: "boolean", value };
};

function comparandOf(place: Place, value: Value): Comparand {
  const { definition, text } = place;
  switch (definition?.type) {
    case undefined:
      return plain(value);
    case "boolean":
      return booleanOf(value, place);
    case "dateTime":
      return dateOf(value, place);
    case "integer":
    case "decimal":
      if (typeof value !== "number") throw refuse(`${text} is a number: write it without quotes.`);
      return { kind: "number", value };
    case "complex":
      throw refuse(`${text} has parts: name the one that is meant, such as ${partOf(place)}.`);
    case "string":
    case "reference":
    case "binary":
      if (typeof value !== "string") throw refuse(`${text} is text: write its value in quotes.`);
      return { kind: "text", value, caseExact: definition.caseExact };
  }
}

const partOf = ({ text, definition }: Place): string =>
  `${text}.${definition?.subAttributes?.[0]?.name ?? "value"}`;

/** Passwords are not kept, and asking for one says so rather than "nobody has it". */
function assertReadable({ text, definition }: Place): void {
  if (definition?.returned === "never") throw refuse(`${text} cannot be searched for.`);
}

function resolveComparison(filter: Filter & { kind: "compare" }, origin: Origin): Resolved {
  const { path, operator, value } = filter;
  const named = placeOf(origin, path);
  if (!named) return never;
  assertReadable(named);
  if (value === null) {
    if (!EQUALITY.has(operator)) throw refuse(`${path.text}: null compares with eq and ne only.`);
    const present: Resolved = { kind: "present", place: named };
    return operator === "ne" ? present : { kind: "not", operand: present };
  }
  const place = valuePlace(named);
  assertOperator(operator, place, value);
  return { kind: "compare", place, operator, comparand: comparandOf(place, value) };
}

function resolveValue(filter: Filter & { kind: "value" }, origin: Origin): Resolved {
  const place = placeOf(origin, filter.path);
  if (!place) return never;
  if (place.definition && place.definition.type !== "complex") {
    throw refuse(`${place.text} has no parts to look for in brackets.`);
  }
  return {
    kind: "value",
    place,
    filter: resolveFilter(filter.filter, { value: place.definition }),
  };
}

/**
 * What a filter means for a resource of a type, or for a value of an attribute. Attributes that
 * nobody knows match nothing (RFC 7644 §3.4.2.1). Throws ScimError 400 `invalidFilter` for a
 * comparison that makes no sense.
 */
export function resolveFilter(filter: Filter, origin: Origin): Resolved {
  switch (filter.kind) {
    case "and":
    case "or":
      return {
        kind: filter.kind,
        operands: filter.operands.map((operand) => resolveFilter(operand, origin)),
      };
    case "not":
      return { kind: "not", operand: resolveFilter(filter.operand, origin) };
    case "present": {
      const place = placeOf(origin, filter.path);
      if (!place) return never;
      assertReadable(place);
      return { kind: "present", place };
    }
    case "compare":
      return resolveComparison(filter, origin);
    case "value":
      return resolveValue(filter, origin);
  }
}
