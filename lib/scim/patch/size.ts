import { asObject, attributeOf, isJsonObject } from "../input/safe-json";
import { ScimError } from "../scim-error";

/** As much as the attributes of a resource may take in all. */
const maxLength = 262_144;

const isMembers = (path: string) => /^(?:urn:.*:)?members(?:$|[[.])/i.test(path);

/** A filter is tried on every value of a list. */
const weightOf = (path: string) =>
  path.includes("[") && !isMembers(path) ? path.length * 8 : path.length;

const sizeOf = (path: string, value: unknown): number =>
  weightOf(path) + (isMembers(path) ? 0 : (JSON.stringify(value)?.length ?? 0));

function lengthOf(operation: unknown): number {
  if (!isJsonObject(operation)) return 0;
  const path = attributeOf(operation, "path");
  const value = attributeOf(operation, "value");
  if (typeof path === "string" && path !== "") return sizeOf(path, value);
  return Object.entries(asObject(value)).reduce((sum, each) => sum + sizeOf(...each), 0);
}

/**
 * What an operation says is compared with every value of a list, so all of a PATCH together is kept
 * as small as a resource. Members do not count: they are never compared.
 * @throws ScimError 413
 */
export function assertSize(operations: readonly unknown[]): void {
  const length = operations.reduce<number>((sum, operation) => sum + lengthOf(operation), 0);
  if (length > maxLength) {
    throw new ScimError(413, `The operations take more than ${maxLength} characters in all.`);
  }
}
