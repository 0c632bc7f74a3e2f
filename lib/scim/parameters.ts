import { invalidValue, ScimError } from "./scim-error";

/**
 * What a list was asked for: the query of a GET, or the SearchRequest of a POST (RFC 7644 §3.4.3).
 * Names are taken in any case, as in every SCIM message.
 */
export interface Parameters {
  /** Undefined where it is not there, or null. */
  get(name: string): unknown;
}

/** Throws ScimError 400 for a body that is no object. */
export function parametersOf(asked: unknown): Parameters {
  const values = new Map<string, unknown>();
  if (asked instanceof URLSearchParams) {
    for (const [name, value] of asked) {
      const key = name.toLowerCase();
      if (!values.has(key)) values.set(key, value);
    }
  } else if (typeof asked === "object" && asked !== null && !Array.isArray(asked)) {
    for (const [name, value] of Object.entries(asked)) values.set(name.toLowerCase(), value);
  } else {
    throw new ScimError(400, "The body must be a SearchRequest: a JSON object.", "invalidSyntax");
  }
  return { get: (name) => values.get(name.toLowerCase()) ?? undefined };
}

/** A parameter that is text; null where it is not there or empty. Throws ScimError 400. */
export function textIn(parameters: Parameters, name: string): string | null {
  const value = parameters.get(name);
  if (value === undefined) return null;
  if (typeof value !== "string") throw invalidValue(`${name} must be text.`);
  return value.trim() === "" ? null : value;
}

/** A parameter that is a whole number; null where it is not there. Throws ScimError 400. */
export function wholeNumberIn(parameters: Parameters, name: string): number | null {
  const value = parameters.get(name);
  if (value === undefined || value === "") return null;
  const number =
    typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) {
    throw invalidValue(`${name} must be a whole number.`);
  }
  return number;
}

/** More than all attributes there are: each costs something for every resource of a page. */
const MOST_NAMES = 100;

/** A list of names: an array in a body, joined by commas in a query. Throws ScimError 400. */
export function namesIn(parameters: Parameters, name: string): readonly string[] {
  const value = parameters.get(name) ?? "";
  const names = Array.isArray(value) ? value : [value];
  if (!names.every((each) => typeof each === "string")) {
    throw invalidValue(`${name} must be a list of attribute names.`);
  }
  const given = names.flatMap((each) => each.split(",")).map((each) => each.trim());
  const unique = new Set(given.filter((each) => each !== ""));
  if (unique.size > MOST_NAMES) {
    throw invalidValue(`${name} can name ${MOST_NAMES} attributes at most.`);
  }
  return [...unique];
}
