import type { Variables } from "./schema";

const VARIABLE = /\{\{(\w+)\}\}/g;

/** Names of variables in a value that have no value yet. */
export const missingIn = (value: unknown, variables: Variables): string[] =>
  [...JSON.stringify(value ?? null).matchAll(VARIABLE)]
    .map(([, name = ""]) => name)
    .filter((name) => variables[name] === undefined);

/** The value with every `{{name}}` in its texts replaced. A variable that is missing stays as it is. */
export function fill<T>(value: T, variables: Variables): T {
  if (typeof value === "string") {
    return value.replace(VARIABLE, (whole, name: string) => variables[name] ?? whole) as T;
  }
  if (Array.isArray(value)) return value.map((each) => fill(each, variables)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [
    fill(name, variables),
    fill(each, variables),
  ]);
  return Object.fromEntries(entries) as T;
}
