import { isJsonObject } from "./parse-json";
import type { ClaimValue } from "./schema";

const DEEPEST = 8;
const LONGEST_PATH = 256;
const LONGEST_VALUE = 4096;
/** Characters of all paths and values together: a long path stands before each value behind it. */
const BUDGET = 256 * 1024;

/** A member name in a path; one with a dot or a bracket is quoted, so that no two paths look alike. */
const step = (path: string, name: string): string => {
  if (/[.[\]"\s]/.test(name) || name === "") return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
};

/** What no policy can match because of its size. */
interface Omitted {
  tooLong: number;
  /** Characters of the longest. */
  longest: number;
  tooDeep: boolean;
}

function* walk(
  value: unknown,
  path: string,
  depth: number,
  omitted: Omitted,
): Generator<ClaimValue> {
  if (depth > DEEPEST || path.length > LONGEST_PATH) {
    omitted.tooDeep = true;
  } else if (Array.isArray(value)) {
    for (const item of value) yield* walk(item, path, depth + 1, omitted);
  } else if (isJsonObject(value)) {
    for (const [name, item] of Object.entries(value))
      yield* walk(item, step(path, name), depth + 1, omitted);
  } else if (value !== null && value !== undefined && value !== "") {
    const text = String(value);
    // A shortened text would look like a value that a policy can match.
    if (text.length <= LONGEST_VALUE) yield { path, value: text };
    else {
      omitted.tooLong += 1;
      omitted.longest = Math.max(omitted.longest, text.length);
    }
  }
}

const count = (number: number): string => number.toLocaleString("en");

function noteOn({ tooLong, longest, tooDeep }: Omitted, kept: number | null): string | null {
  const notes: string[] = [];
  if (tooLong > 0) {
    const which = tooLong === 1 ? "A value is" : `${count(tooLong)} values are`;
    const size = `${tooLong === 1 ? "" : "up to "}${count(longest)} characters`;
    notes.push(
      `${which} too long to match in a policy (${size}; the limit is ${count(LONGEST_VALUE)}).`,
    );
  }
  if (tooDeep) {
    notes.push(
      `A policy cannot match what is nested deeper than ${DEEPEST} levels, or under names of more than ${LONGEST_PATH} characters.`,
    );
  }
  if (kept !== null) {
    notes.push(
      `There are too many values to match in a policy: only the first ${count(kept)} count.`,
    );
  }
  return notes.join(" ") || null;
}

export interface SeparateValues {
  values: ClaimValue[];
  /** What was left out and why, in sentences; null when nothing was. */
  note: string | null;
}

/**
 * The separate values of a claim that a policy can match: one per text, number or truth value in
 * it, at any depth up to 8, each once. Elements of an array share the path of the array; a member of
 * an object adds its name (`realm_access.roles`, `apps["https://x.example"]`). Values longer than 4,096
 * characters are left out, and all together take at most 256 KB.
 */
export function claimValues(claim: unknown): SeparateValues {
  const seen = new Set<string>();
  const values: ClaimValue[] = [];
  const omitted: Omitted = { tooLong: 0, longest: 0, tooDeep: false };
  let left = BUDGET;
  for (const found of walk(claim, "", 0, omitted)) {
    const key = JSON.stringify([found.path, found.value]);
    if (seen.has(key)) continue;
    seen.add(key);
    left -= found.path.length + found.value.length;
    if (left < 0) break;
    values.push(found);
  }
  return { values, note: noteOn(omitted, left < 0 ? values.length : null) };
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
