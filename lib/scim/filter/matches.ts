import type { ResourceType } from "../schema";
import type { AttributeDefinition } from "../schemas/definition";
import type { CompareOperator, Filter } from "./filter";
import { instantOf } from "./instant";
import type { Step } from "./place";
import { type Comparand, type Resolved, resolveFilter } from "./resolve";

type Scalar = string | number | boolean;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const listOf = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : [value];
};

function follow(value: unknown, { name, reach }: Step): unknown[] {
  if (!isObject(value)) return [];
  if (reach === "loose") {
    return Object.entries(value)
      .filter(([key]) => key.toLowerCase() === name.toLowerCase())
      .flatMap(([, inner]) => listOf(inner));
  }
  if (!Object.hasOwn(value, name)) return [];
  return reach === "many" ? listOf(value[name]) : [value[name]];
}

const valuesAt = (value: unknown, steps: readonly Step[]): unknown[] =>
  steps.reduce<unknown[]>((values, step) => values.flatMap((each) => follow(each, step)), [value]);

/** Unassigned are null, the empty text, and what holds nothing else (RFC 7643 §2.5). */
const isPresent = (value: unknown): boolean => {
  if (value === null || value === undefined || value === "") return false;
  return typeof value === "object" ? Object.values(value).some(isPresent) : true;
};

const booleanOf = (value: unknown): boolean | null => {
  const text = String(value).toLowerCase();
  if (typeof value !== "string" && typeof value !== "boolean") return null;
  return text === "true" || (text === "false" ? false : null);
};

/** A value as the kind it is compared as; null for one of another kind. */
function asKind(value: unknown, comparand: Comparand): Scalar | null {
  switch (comparand.kind) {
    case "text":
      return typeof value === "string" ? folded(value, comparand) : null;
    case "boolean":
      return booleanOf(value);
    case "number":
      return typeof value === "number" ? value : null;
    case "instant":
      return typeof value === "string" ? instantOf(value) : null;
  }
}

const folded = (value: string, { caseExact }: Comparand & { kind: "text" }): string =>
  caseExact ? value : value.toLowerCase();

/** By code points, as PostgreSQL's "C" collation does; JavaScript's own order is by UTF-16 units. */
const order = (a: Scalar, b: Scalar): number => {
  if (typeof a === "string" && typeof b === "string") {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return Number(a) - Number(b);
};

const TESTS: Readonly<Record<CompareOperator, (a: Scalar, b: Scalar) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  co: (a, b) => String(a).includes(String(b)),
  sw: (a, b) => String(a).startsWith(String(b)),
  ew: (a, b) => String(a).endsWith(String(b)),
  gt: (a, b) => order(a, b) > 0,
  ge: (a, b) => order(a, b) >= 0,
  lt: (a, b) => order(a, b) < 0,
  le: (a, b) => order(a, b) <= 0,
};

function compare(found: unknown[], operator: CompareOperator, comparand: Comparand): boolean {
  const values = found.map((each) => asKind(each, comparand)).filter((each) => each !== null);
  // Where there is no value, there is none that equals.
  if (operator === "ne" && values.length === 0) return true;
  const wanted = comparand.kind === "text" ? folded(comparand.value, comparand) : comparand.value;
  return values.some((each) => TESTS[operator](each, wanted));
}

function holds(resolved: Resolved, value: unknown): boolean {
  switch (resolved.kind) {
    case "constant":
      return resolved.value;
    case "and":
      return resolved.operands.every((operand) => holds(operand, value));
    case "or":
      return resolved.operands.some((operand) => holds(operand, value));
    case "not":
      return !holds(resolved.operand, value);
    case "present":
      return valuesAt(value, resolved.place.steps).some(isPresent);
    case "compare":
      return compare(valuesAt(value, resolved.place.steps), resolved.operator, resolved.comparand);
    case "value":
      return valuesAt(value, resolved.place.steps).some(
        (each) => each !== null && holds(resolved.filter, each),
      );
  }
}

/**
 * Whether a whole resource, as a client reads it, matches a filter (RFC 7644 §3.4.2.2). Of a
 * multi-valued attribute one value is enough. Throws ScimError 400 `invalidFilter` for a comparison
 * that makes no sense.
 */
export const matches = (
  filter: Filter,
  resource: Readonly<Record<string, unknown>>,
  type: ResourceType,
): boolean => holds(resolveFilter(filter, type), resource);

/**
 * Tells whether values of a multi-valued attribute match what stands in brackets behind it; for an
 * attribute that no schema describes, `attribute` is null. Throws as `matches` does.
 */
export function valueMatcher(
  filter: Filter,
  attribute: AttributeDefinition | null,
): (value: unknown) => boolean {
  const resolved = resolveFilter(filter, { value: attribute });
  return (value) => holds(resolved, value);
}
