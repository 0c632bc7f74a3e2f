import { attributeOf, isJsonObject } from "../input/safe-json";
import { ScimError } from "../scim-error";

/** As much as the attributes of a resource may take in all. */
const maxLength = 262_144;

const isMembers = (path: string) => /^(?:urn:.*:)?members(?:$|[[.])/i.test(path);

function lengthOf(operation: unknown): number {
  if (!isJsonObject(operation)) return 0;
  const path = attributeOf(operation, "path");
  const value = attributeOf(operation, "value");
  if (typeof path === "string" && path !== "") {
    return isMembers(path) ? 0 : path.length + (JSON.stringify(value)?.length ?? 0);
  }
  if (!isJsonObject(value)) return 0;
  const attributes = Object.entries(value).filter(([name]) => !isMembers(name));
  return JSON.stringify(attributes).length;
}

/**
 * Operations on lists are compared value by value, so all of a PATCH together is kept as small as a
 * resource. Members do not count: they are never compared.
 * @throws ScimError 413
 */
export function assertSize(operations: readonly unknown[]): void {
  const length = operations.reduce<number>((sum, operation) => sum + lengthOf(operation), 0);
  if (length > maxLength) {
    throw new ScimError(413, `The operations take more than ${maxLength} characters in all.`);
  }
}
