import { isJsonObject } from "./parse-json";
import type { ClaimValue } from "./schema";

const DEEPEST = 8;
const MOST_VALUES = 500;
const LONGEST = 4096;

/** A member name in a path; one with a dot or a bracket is quoted, so that no two paths look alike. */
const step = (path: string, name: string): string => {
  if (/[.[\]"\s]/.test(name) || name === "") return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
};

function* walk(value: unknown, path: string, depth: number): Generator<ClaimValue> {
  if (depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item, path, depth + 1);
  } else if (isJsonObject(value)) {
    for (const [name, item] of Object.entries(value))
      yield* walk(item, step(path, name), depth + 1);
  } else if (value !== null && value !== undefined && value !== "") {
    const text = String(value);
    // A shortened text would look like a value that a policy can match.
    if (text.length <= LONGEST) yield { path, value: text };
  }
}

/**
 * The separate values of a claim that a policy can match: one per text, number or truth value in
 * it, at any depth up to 8, each once. Elements of an array share the path of the array; a member of
 * an object adds its name (`realm_access.roles`, `apps["https://x.example"]`). At most 500 values of at most 4096 characters.
 */
export function claimValues(claim: unknown): ClaimValue[] {
  const seen = new Set<string>();
  const values: ClaimValue[] = [];
  for (const found of walk(claim, "", 0)) {
    const key = JSON.stringify([found.path, found.value]);
    if (seen.has(key)) continue;
    seen.add(key);
    values.push(found);
    if (values.length >= MOST_VALUES) break;
  }
  return values;
}

/** The type of a claim as an admin reads it. */
export function claimType(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "list";
  return (
    { object: "object", string: "text", number: "number", boolean: "yes or no" }[
      typeof value as "object" | "string" | "number" | "boolean"
    ] ?? "text"
  );
}
