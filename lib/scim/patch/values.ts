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

/** RFC 7643 §2.4: the same value of the same type is there once. */
const isSameEntry = (known: unknown, added: unknown): boolean =>
  isJsonObject(known) && isJsonObject(added) && added.value !== undefined
    ? known.value === added.value && (added.type === undefined || known.type === added.type)
    : isDeepStrictEqual(known, added);

/** Appends what is not there; an entry that is there takes on what is new about it. */
export function addValues(current: unknown[], added: unknown[]): Values {
  const all = [...current];
  const written = new Set<number>();
  for (const value of added) {
    const at = all.findIndex((each) => isSameEntry(each, value));
    const index = at === -1 ? all.length : at;
    all[index] = isJsonObject(value) ? { ...asObject(all[index]), ...value } : value;
    written.add(index);
  }
  return { all, changed: [...written].map((index) => all[index]) };
}

/** Whether everything that `listed` says is so of `value`; its `value` alone decides when it has one. */
const isListed = (value: unknown, listed: unknown): boolean => {
  if (!isJsonObject(value) || !isJsonObject(listed)) return isDeepStrictEqual(value, listed);
  if (listed.value !== undefined) return value.value === listed.value;
  return Object.entries(listed).every(([name, part]) => isDeepStrictEqual(value[name], part));
};

/** A remove that lists its values takes those and no others (Entra, authentik). */
export const withoutListed = (current: unknown[], listed: unknown[]): unknown[] =>
  current.filter((value) => !listed.some((each) => isListed(value, each)));

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
