import type { GroupInput, ResourceType, UserInput } from "../schema";
import type { AttributeDefinition } from "../schemas/definition";
import { coreUrn, findAttribute, findExtension } from "../schemas/find-attribute";
import { invalidValue, ScimError } from "../scim-error";
import { readAttribute } from "./attribute-value";
import { attributeOf, isJsonObject, type JsonObject } from "./safe-json";

const maxAttributesLength = 262_144;
/** Indexed columns: PostgreSQL refuses a longer key. */
const maxKeyLength = 512;

/** Kept elsewhere, made by Gatehouse, or never kept at all. */
const notKept = new Set(["schemas", "id", "meta", "password", "members"]);

const definitionOf = (type: ResourceType, urn: string | null, name: string) =>
  findAttribute(type, { urn, name, sub: null, text: name })?.attribute ?? null;

/** An object of what says something. A Set, since a name must not be compared with all before it. */
function collect(entries: Iterable<[string, unknown]>): JsonObject {
  const into: JsonObject = {};
  const taken = new Set<string>();
  for (const [name, value] of entries) {
    const key = name.toLowerCase();
    if (taken.has(key)) {
      throw new ScimError(400, `${name} is there more than once.`, "invalidSyntax");
    }
    if (value === undefined || value === null) continue;
    taken.add(key);
    into[name] = value;
  }
  return into;
}

function assertSchemas(body: JsonObject, type: ResourceType): void {
  const schemas = attributeOf(body, "schemas");
  if (schemas === undefined) return;
  const wanted = coreUrn[type].toLowerCase();
  const named =
    Array.isArray(schemas) &&
    schemas.some((each) => typeof each === "string" && each.toLowerCase() === wanted);
  if (!named) {
    throw new ScimError(
      400,
      `schemas must be a list that names ${coreUrn[type]}.`,
      "invalidSyntax",
    );
  }
}

/** Attributes of an extension: canonical where its schema is known, as sent where it is not. */
function readExtension(type: ResourceType, urn: string, value: JsonObject): JsonObject {
  const known = findExtension(type, urn) !== null;
  const entries = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    const definition = definitionOf(type, urn, name);
    if (known && (definition === null || definition.mutability === "readOnly")) return [];
    if (definition === null) return [[name, inner]];
    const where = `${urn}:${definition.name}`;
    return [[definition.name, readAttribute(definition, inner, where)]];
  });
  return collect(entries);
}

/** Null where nothing of that name is kept. */
function keptDefinition(type: ResourceType, name: string): AttributeDefinition | null {
  const definition = definitionOf(type, null, name);
  const isKept =
    definition !== null && definition.mutability !== "readOnly" && !notKept.has(definition.name);
  return isKept ? definition : null;
}

/** Name and value as kept; a value of undefined where nothing is. */
function readEntry(type: ResourceType, name: string, value: unknown): [string, unknown] {
  if (name.includes(":")) {
    const urn = findExtension(type, name)?.id ?? name;
    const isExtension = isJsonObject(value) && urn.toLowerCase() !== coreUrn[type].toLowerCase();
    const extension = isExtension ? readExtension(type, urn, value) : {};
    return [urn, Object.keys(extension).length === 0 ? undefined : extension];
  }
  const definition = keptDefinition(type, name);
  return definition ? [definition.name, readAttribute(definition, value)] : [name, undefined];
}

function assertLength(length: number): void {
  if (length > maxAttributesLength) {
    throw new ScimError(
      413,
      `The attributes take more than ${maxAttributesLength} characters in all.`,
    );
  }
}

/** As sent, and before anything is read: a body may be of 16 MB, for the sake of members. */
function assertReadable(body: JsonObject, type: ResourceType): void {
  const sent = Object.entries(body).filter(
    ([name]) => name.includes(":") || keptDefinition(type, name) !== null,
  );
  assertLength(JSON.stringify(Object.fromEntries(sent)).length);
}

/**
 * The attributes of a resource under their canonical names. Unknown ones of the core schema are left
 * out; an extension that nobody knows is kept as sent.
 */
export function readResource(body: JsonObject, type: ResourceType): JsonObject {
  assertSchemas(body, type);
  assertReadable(body, type);
  return collect(Object.entries(body).map(([name, value]) => readEntry(type, name, value)));
}

function readKey(value: unknown, name: string): string {
  if (typeof value !== "string" || value.trim() === "") {
    throw invalidValue(`${name} is required, and must not be empty.`);
  }
  if (value.length > maxKeyLength) {
    throw invalidValue(`${name} is longer than ${maxKeyLength} characters.`);
  }
  return value;
}

/** An empty one would be the same for everybody, so it is none. */
function readExternalId(value: unknown): string | null {
  return value === undefined || value === "" ? null : readKey(value, "externalId");
}

function assertStorable(attributes: JsonObject): void {
  for (const email of Array.isArray(attributes.emails) ? attributes.emails : []) {
    if (isJsonObject(email) && String(email.value ?? "").length > maxKeyLength) {
      throw invalidValue(`An email address is longer than ${maxKeyLength} characters.`);
    }
  }
  assertLength(JSON.stringify(attributes).length);
}

/** Splits what `readResource` or a PATCH made. `activeUnsent`: what `active` is when nobody says. */
export function toUserInput(resource: JsonObject, activeUnsent: boolean): UserInput {
  const { userName, externalId, active, ...attributes } = resource;
  assertStorable(attributes);
  return {
    userName: readKey(userName, "userName"),
    externalId: readExternalId(externalId),
    active: typeof active === "boolean" ? active : activeUnsent,
    attributes,
  };
}

export function toGroupInput(resource: JsonObject): GroupInput {
  const { displayName, externalId, ...attributes } = resource;
  assertStorable(attributes);
  return {
    displayName: readKey(displayName, "displayName"),
    externalId: readExternalId(externalId),
    attributes,
  };
}
