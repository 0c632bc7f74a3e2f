import { valueMatcher } from "../filter/matches";
import { assertFew, readOne } from "../input/attribute-value";
import { isJsonObject } from "../input/safe-json";
import type { Target } from "./operation";
import { withoutListed, withoutPart } from "./values";

const orNone = (values: unknown[]) => (values.length === 0 ? undefined : values);

function readListed(value: unknown, { definition, path }: Target): unknown[] {
  const listed = Array.isArray(value) ? value : [value];
  assertFew(listed, path);
  return definition === null ? listed : listed.map((each) => readOne(definition, each, path));
}

/** A part that is not there, and a filter that matches nothing, change nothing: a retry must not fail. */
export function removed(current: unknown, target: Target, value: unknown): unknown {
  const { filter, sub, path } = target;
  if (current === undefined) return undefined;
  if (filter === null && sub === null) {
    if (!Array.isArray(current) || value === undefined || value === null) return undefined;
    assertFew(current, path);
    return orNone(withoutListed(current, readListed(value, target)));
  }
  if (!Array.isArray(current)) {
    if (!isJsonObject(current) || sub === null) return current;
    const { [sub]: _, ...rest } = current;
    return Object.keys(rest).length === 0 ? undefined : rest;
  }
  assertFew(current, path);
  const isHit = filter === null ? () => true : valueMatcher(filter, target.definition);
  return orNone(
    current.flatMap((each) => {
      if (!isHit(each)) return [each];
      const rest = sub === null ? undefined : withoutPart(each, sub);
      return rest === undefined ? [] : [rest];
    }),
  );
}
