import { isDeepStrictEqual } from "node:util";
import { asObject, isJsonObject, type JsonObject } from "../input/safe-json";
import { invalidValue } from "../scim-error";

/**
 * The list operations of RFC 7644 §3.5.2 on a multi-valued attribute. `changed` are the values that
 * the operation wrote: a `primary` among them takes it from all others.
 */
export interface Values {
  all: unknown[];
  changed: unknown[];
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (typeof one === "object" && isDeepStrictEqual(one, other));

/** Values that may be the same have the same key. */
const keyOf = (value: unknown): string => {
  if (!isJsonObject(value)) return JSON.stringify(value);
  // By name alone: a value may be an object whose own `toString` is no function.
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(value.value ?? entries);
};

/** RFC 7643 §2.4: the same value of the same type is there once. */
const isSameEntry = (known: unknown, added: unknown): boolean =>
  isJsonObject(known) && isJsonObject(added) && added.value !== undefined
    ? isSame(known.value, added.value) && (added.type === undefined || known.type === added.type)
    : isSame(known, added);

/** Appends what is not there; an entry that is there takes on what is new about it. */
export function addValues(current: unknown[], added: unknown[]): Values {
  const all: unknown[] = [];
  const indexes = new Map<string, number[]>();
  const append = (value: unknown): number => {
    const key = keyOf(value);
    indexes.set(key, [...(indexes.get(key) ?? []), all.length]);
    return all.push(value) - 1;
  };
  for (const value of current) append(value);
  const written = new Set<number>();
  for (const value of added) {
    const index = indexes.get(keyOf(value))?.find((each) => isSameEntry(all[each], value));
    if (index !== undefined && isJsonObject(value))
      all[index] = { ...asObject(all[index]), ...value };
    written.add(index ?? append(value));
  }
  return { all, changed: [...written].map((index) => all[index]) };
}

/** Whether everything that `listed` says is so of a value; its `value` alone decides when it has one. */
function isListedBy(listed: unknown): (value: unknown) => boolean {
  if (!isJsonObject(listed)) return (value) => isSame(value, listed);
  const parts =
    listed.value === undefined ? Object.entries(listed) : [["value", listed.value] as const];
  return (value) =>
    parts.length > 0 &&
    isJsonObject(value) &&
    parts.every(([name, part]) => isSame(value[name], part));
}

/** A remove that lists its values takes those and no others (Entra, authentik). */
export function withoutListed(current: unknown[], listed: unknown[]): unknown[] {
  const tests = listed.map(isListedBy);
  return current.filter((value) => !tests.some((test) => test(value)));
}

const labels = new Set(["type", "primary", "display"]);

/** A value without its one part; undefined when nothing but labels would be left of it. */
export function withoutPart(value: unknown, part: string): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const { [part]: _, ...rest } = value;
  return Object.keys(rest).every((name) => labels.has(name)) ? undefined : rest;
}

const isPrimary = (value: unknown) => isJsonObject(value) && value.primary === true;

/**
 * RFC 7643 §2.4: `primary` is true once. The one just written wins.
 * @throws ScimError 400 invalidValue when two were just written
 */
export function withOnePrimary({ all, changed }: Values, name: string): unknown[] {
  const written = changed.filter(isPrimary);
  if (written.length === 0) return all;
  const [winner] = written;
  if (written.length > 1) {
    throw invalidValue(`${name} would have more than one value with "primary": true.`);
  }
  return all.map((value) =>
    isPrimary(value) && value !== winner ? { ...(value as JsonObject), primary: false } : value,
  );
}
