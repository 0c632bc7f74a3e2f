import { asObject, attributeOf, isJsonObject } from "../input/safe-json";
import type { ResourceType } from "../schema";
import { findAttribute } from "../schemas/find-attribute";
import { ScimError } from "../scim-error";

/** As much as the attributes of a resource may take in all. */
const maxLength = 262_144;

/** Of a Group, and no `members` of an extension. */
function isMembers(type: ResourceType, path: string): boolean {
  const [attribute = ""] = path.split("[", 1);
  return type === "Group" && findAttribute(type, attribute)?.attribute.name === "members";
}

function sizeOf(type: ResourceType, path: string, value: unknown): number {
  if (isMembers(type, path)) return path.length;
  // A filter is tried on every value of a list.
  const weight = path.includes("[") ? path.length * 8 : path.length;
  return weight + (JSON.stringify(value)?.length ?? 0);
}

function lengthOf(type: ResourceType, operation: unknown): number {
  if (!isJsonObject(operation)) return 0;
  const path = attributeOf(operation, "path");
  const value = attributeOf(operation, "value");
  const op = attributeOf(operation, "op");
  // What is listed to be removed is compared with every value of a list too.
  const isListed = typeof op === "string" && op.toLowerCase() === "remove" && value !== undefined;
  if (typeof path === "string" && path !== "") {
    return sizeOf(type, path, value) * (isListed && !isMembers(type, path) ? 8 : 1);
  }
  return Object.entries(asObject(value)).reduce((sum, each) => sum + sizeOf(type, ...each), 0);
}

/**
 * What an operation says is compared with every value of a list, so all of a PATCH together is kept
 * as small as a resource. Members of a Group do not count: they are never compared.
 * @throws ScimError 413
 */
export function assertSize(type: ResourceType, operations: readonly unknown[]): void {
  const length = operations.reduce<number>((sum, operation) => sum + lengthOf(type, operation), 0);
  if (length > maxLength) {
    throw new ScimError(413, `The operations take more than ${maxLength} characters in all.`);
  }
}
