import type { AttributeDefinition } from "../schemas/definition";
import { invalidValue } from "../scim-error";
import { isJsonObject, type JsonObject } from "./safe-json";

/** Enough for any person; keeps a PATCH from comparing a long list with itself. */
const maxValues = 300;

/** @throws ScimError 400 invalidValue */
export function assertFew(list: readonly unknown[], where: string): void {
  if (list.length > maxValues) throw invalidValue(`${where} has more than ${maxValues} values.`);
}

const booleans = new Map<unknown, boolean>([
  ["true", true],
  ["false", false],
]);

/** Entra sends "True" and "False" (dialects: protocols §4). */
function readBoolean(value: unknown, where: string): boolean {
  if (typeof value === "boolean") return value;
  const read = typeof value === "string" ? booleans.get(value.toLowerCase()) : undefined;
  if (read === undefined) throw invalidValue(`${where} must be true or false.`);
  return read;
}

function readNumber(value: unknown, where: string, whole: boolean): number {
  if (typeof value !== "number" || (whole && !Number.isInteger(value))) {
    throw invalidValue(`${where} must be a ${whole ? "whole " : ""}number.`);
  }
  return value;
}

function readDateTime(value: unknown, where: string): string {
  if (typeof value !== "string" || Number.isNaN(Date.parse(value))) {
    throw invalidValue(`${where} must be a date and time such as 2026-01-31T12:00:00Z.`);
  }
  return value;
}

function readText(value: unknown, where: string): string {
  if (typeof value !== "string") throw invalidValue(`${where} must be a text.`);
  return value;
}

function readComplex(definition: AttributeDefinition, value: unknown, where: string) {
  const parts = definition.subAttributes ?? [];
  // `manager: "id"` and `emails: ["a@example.com"]`: clients that know only the value write it alone.
  if (typeof value === "string" && parts.some((part) => part.name === "value")) {
    return { value };
  }
  if (!isJsonObject(value)) throw invalidValue(`${where} must be an object.`);
  const read: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) {
    const part = parts.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (part === undefined || part.mutability === "readOnly") continue;
    if (Object.hasOwn(read, part.name)) {
      throw invalidValue(`${where}.${part.name} is there more than once.`);
    }
    const known = readAttribute(part, inner, `${where}.${part.name}`);
    if (known !== undefined) read[part.name] = known;
  }
  return Object.keys(read).length === 0 ? undefined : read;
}

/**
 * One value of an attribute: for a multi-valued one, one element. Undefined when it says nothing.
 * @throws ScimError 400 invalidValue
 */
export function readOne(
  definition: AttributeDefinition,
  value: unknown,
  where = definition.name,
): unknown {
  if (value === null || value === undefined) return undefined;
  switch (definition.type) {
    case "boolean":
      return readBoolean(value, where);
    case "integer":
    case "decimal":
      return readNumber(value, where, definition.type === "integer");
    case "dateTime":
      return readDateTime(value, where);
    case "complex":
      return readComplex(definition, value, where);
    case "string":
    case "reference":
    case "binary":
      return readText(value, where);
  }
}

const isPrimary = (value: unknown) => isJsonObject(value) && value.primary === true;

/**
 * An attribute as it is kept: canonical names inside, booleans as booleans, unknown and read-only
 * parts left out. Undefined for null and the empty list, which both mean "unassigned" (RFC 7643 §2.5).
 * @throws ScimError 400 invalidValue
 */
export function readAttribute(
  definition: AttributeDefinition,
  value: unknown,
  where = definition.name,
): unknown {
  if (!definition.multiValued || value === null || value === undefined) {
    return readOne(definition, value, where);
  }
  const list = isJsonObject(value) ? [value] : value;
  if (!Array.isArray(list)) throw invalidValue(`${where} must be a list.`);
  assertFew(list, where);
  const read = list
    .map((each, index) => readOne(definition, each, `${where}[${index}]`))
    .filter((each) => each !== undefined);
  if (read.filter(isPrimary).length > 1) {
    throw invalidValue(`${where} has more than one value with "primary": true.`);
  }
  return read.length === 0 ? undefined : read;
}
