import type { PatchPath } from "../filter/filter";
import { valueMatcher } from "../filter/matches";
import { parsePath } from "../filter/parse";
import { assertSafeName, isJsonObject } from "../input/safe-json";
import type { ResourceType } from "../schema";
import { readAttributePath } from "../schemas/attribute-path";
import { coreUrn, findAttribute, findExtension } from "../schemas/find-attribute";
import { ScimError } from "../scim-error";
import type { Target } from "./operation";

/** Clients may write them, and nothing comes of it. */
const passedOver = new Set(["schemas", "password"]);

const invalidPath = (detail: string) => new ScimError(400, detail, "invalidPath");
const sameUrn = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
/** `urn:acme:2.0:User:size` is an attribute; `urn:acme:2.0:User` and `urn:acme:shoes` need not be. */
const isAttributeOfUrn = (path: string) => /:(?:User|Group)[:.][^:]+$/i.test(path);

/**
 * The URN when a path or name means an extension as a whole, else null. Of an extension that nobody
 * knows, only an object as the value tells.
 */
export function wholeExtension(type: ResourceType, path: string, value: unknown): string | null {
  const known = findExtension(type, path);
  if (known) return known.id;
  if (!isJsonObject(value) || !path.includes(":") || path.includes("[")) return null;
  return findAttribute(type, path) !== null || isAttributeOfUrn(path) ? null : path;
}

type Refusal = "unknown" | "readOnly" | "passedOver";

/** What is in no schema: an attribute of a foreign extension, a known extension as a whole, or nothing. */
function resolveUnknown(type: ResourceType, parsed: PatchPath): Target | Refusal {
  const { urn, name, filter, sub, text: path } = parsed;
  const extension = urn === null ? null : findExtension(type, urn);
  const isForeign = urn !== null && extension === null && !sameUrn(urn, coreUrn[type]);
  if (name !== null && isForeign) {
    return { type, extension: urn, name, definition: null, filter, sub, path };
  }
  if (name !== null || extension === null) return "unknown";
  return { type, extension: extension.id, name, definition: null, filter, sub, path };
}

function resolve(type: ResourceType, path: string): Target | Refusal {
  const parsed = parsePath(path);
  const { urn, name, sub, filter } = parsed;
  for (const each of [urn, name, sub]) if (each !== null) assertSafeName(each);
  const found = findAttribute(type, parsed);
  if (found === null) return resolveUnknown(type, parsed);
  const { attribute: definition, extension } = found;
  if (extension === null && passedOver.has(definition.name)) return "passedOver";
  const isReadOnly = [definition, found.sub].some((each) => each?.mutability === "readOnly");
  if (isReadOnly) return "readOnly";
  if (filter !== null && !definition.multiValued) {
    throw invalidPath(`${definition.name} has one value, which a filter cannot choose from.`);
  }
  // Refused here, so that it does not depend on what is there to compare with.
  if (filter !== null) valueMatcher(filter, definition);
  const part = found.sub?.name ?? null;
  return { type, extension, name: definition.name, definition, filter, sub: part, path };
}

/**
 * The target of an operation with a path; null when nothing is to come of it.
 * @throws ScimError 400 invalidPath or mutability
 */
export function readTarget(type: ResourceType, path: string): Target | null {
  const target = resolve(type, path);
  if (typeof target !== "string") return target;
  switch (target) {
    case "unknown":
      throw invalidPath(`A ${type} has no attribute ${path.slice(0, 200)}.`);
    case "readOnly":
      throw new ScimError(400, `${path} is read-only.`, "mutability");
    case "passedOver":
      return null;
  }
}

/** The same for a name in the value of an operation without path, where what cannot be is passed over. */
export function targetInBody(type: ResourceType, name: string): Target | null {
  if (!name.includes("[") && readAttributePath(name) === null) return null;
  const target = resolve(type, name);
  return typeof target === "string" ? null : target;
}

/** The same for a name in an extension object. */
export function targetInExtension(type: ResourceType, urn: string, name: string): Target | null {
  const path = `${urn}:${name}`;
  if (findExtension(type, urn) || sameUrn(urn, coreUrn[type])) return targetInBody(type, path);
  return { type, extension: urn, name, definition: null, filter: null, sub: null, path };
}
