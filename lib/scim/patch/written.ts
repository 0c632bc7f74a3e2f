import { valueMatcher } from "../filter/matches";
import { assertFew, readAttribute, readOne } from "../input/attribute-value";
import { asObject, assertFewNames, isJsonObject } from "../input/safe-json";
import { invalidValue, ScimError } from "../scim-error";
import { impliedBy } from "./implied";
import type { Target } from "./operation";
import { addValues, type Values, withOnePrimary } from "./values";

type Write = "add" | "replace";

/** Entra has sent `[{ "value": x }]` and `{ "value": x }` where x was meant. */
function alone(value: unknown): unknown {
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return isJsonObject(one) && Object.hasOwn(one, "value") ? one.value : one;
}

function assigned(value: unknown, path: string): unknown {
  if (value === undefined) throw invalidValue(`The "value" for ${path} says nothing.`);
  return value;
}

function readPart({ definition, sub, path }: Target, value: unknown): unknown {
  const part = definition?.subAttributes?.find((each) => each.name === sub);
  return part === undefined ? value : assigned(readOne(part, alone(value), path), path);
}

function readAny({ definition, path }: Target, value: unknown): unknown {
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return definition === null ? one : readOne(definition, one, path);
}

const readElement = (target: Target, value: unknown): unknown =>
  assigned(readAny(target, value), target.path);

function writeMatching(current: unknown[], op: Write, target: Target, value: unknown): Values {
  const { definition, filter, sub, path } = target;
  const isHit = filter === null ? () => true : valueMatcher(filter, definition);
  const read = sub === null ? readElement(target, value) : { [sub]: readPart(target, value) };
  const merged = (each: unknown) =>
    isJsonObject(each) && isJsonObject(read) ? { ...each, ...read } : read;
  if (!current.some(isHit)) {
    const implied = filter === null ? {} : impliedBy(filter, op, target);
    if (implied === null) {
      throw new ScimError(400, `No value matches ${path}.`, "noTarget");
    }
    const made = merged(implied);
    return { all: [...current, made], changed: [made] };
  }
  const changed: unknown[] = [];
  const all = current.map((each) => {
    if (!isHit(each)) return each;
    const next = op === "replace" && sub === null ? read : merged(each);
    changed.push(next);
    return next;
  });
  return { all, changed };
}

function writeList(current: unknown[], op: Write, target: Target, value: unknown): unknown[] {
  const { definition, filter, name, path, sub } = target;
  assertFew(current, path);
  if (filter !== null || sub !== null) {
    return withOnePrimary(writeMatching(current, op, target, value), name ?? "");
  }
  const read = definition === null ? value : assigned(readAttribute(definition, value, path), path);
  const added = Array.isArray(read) ? read : [read];
  assertFew(added, path);
  if (op === "replace") return added;
  const { all, changed } = addValues(current, added);
  assertFew(all, path);
  return withOnePrimary({ all, changed }, name ?? "");
}

/** A part that is null goes, those that are not named stay (RFC 7644 §3.5.2.3). */
function mergeParts(current: unknown, target: Target, value: unknown): unknown {
  const cleared = Object.entries(asObject(value)).flatMap(([name, part]) =>
    part === null ? [name.toLowerCase()] : [],
  );
  const kept = Object.entries(asObject(current)).filter(
    ([name]) => !cleared.includes(name.toLowerCase()),
  );
  const read = cleared.length > 0 ? readAny(target, value) : readElement(target, value);
  const merged = { ...Object.fromEntries(kept), ...asObject(read) };
  return Object.keys(merged).length === 0 ? undefined : merged;
}

/** The value of an attribute after an add or replace of something (RFC 7644 §3.5.2.1 and §3.5.2.3). */
export function written(current: unknown, op: Write, target: Target, value: unknown): unknown {
  const { definition, sub } = target;
  // Each operation makes a copy of what is there.
  assertFewNames(Object.keys(asObject(current)));
  const isList =
    definition === null ? isUnknownList(current, value, target) : definition.multiValued;
  if (isList) return writeList(Array.isArray(current) ? current : [], op, target, value);
  if (sub !== null) return { ...asObject(current), [sub]: readPart(target, value) };
  if (definition === null) return isJsonObject(value) ? { ...asObject(current), ...value } : value;
  if (definition.type !== "complex") {
    return assigned(readOne(definition, alone(value), target.path), target.path);
  }
  return mergeParts(current, target, value);
}

const isUnknownList = (current: unknown, value: unknown, { filter, sub }: Target) =>
  filter !== null || Array.isArray(current) || (sub === null && Array.isArray(value));
