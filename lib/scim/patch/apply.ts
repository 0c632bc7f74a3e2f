import { asObject, assertFewNames, type JsonObject } from "../input/safe-json";
import { invalidValue, ScimError } from "../scim-error";
import type { PatchOperation, Target } from "./operation";
import { removed } from "./removed";
import { written } from "./written";

/** The name as the object has it: attributes of an unknown extension keep the case they came in. */
function keyIn(object: JsonObject, name: string): string {
  if (Object.hasOwn(object, name)) return name;
  const names = Object.keys(object);
  // Whoever adds name after name must not have all of them read for each.
  assertFewNames(names);
  const wanted = name.toLowerCase();
  return names.find((key) => key.toLowerCase() === wanted) ?? name;
}

const isUnassigned = (value: unknown) =>
  value === null || (Array.isArray(value) && value.length === 0);

function changed(current: unknown, { op, target, value }: PatchOperation): unknown {
  if (op === "remove") return removed(current, target, value);
  if (!isUnassigned(value)) return written(current, op, target, value);
  return op === "replace" ? removed(current, target, undefined) : current;
}

/** RFC 7644 §3.5.2.2: what is required cannot go. Nor can `active`: its absence says nothing. */
function assertRemovable({ definition, extension, name, path }: Target): void {
  if (extension === null && (definition?.required || name === "active")) {
    throw new ScimError(400, `${path} is required and cannot be removed.`, "mutability");
  }
}

function applyTo(holder: JsonObject, name: string, operation: PatchOperation): void {
  const key = keyIn(holder, name);
  const next = changed(holder[key], operation);
  if (next === undefined) {
    assertRemovable(operation.target);
    delete holder[key];
  } else {
    holder[key] = next;
  }
}

/** `urn:acme:shoes` may be a whole extension or an attribute of one; what is there decides. */
function wholeExtensionOf(resource: JsonObject, { op, target }: PatchOperation): string | null {
  if (target.name === null) return target.extension;
  const key = keyIn(resource, target.path);
  const isThere = op === "remove" && target.definition === null && Object.hasOwn(resource, key);
  return isThere ? key : null;
}

function removeExtension(resource: JsonObject, key: string, operation: PatchOperation): void {
  if (operation.op !== "remove" && !isUnassigned(operation.value)) {
    throw invalidValue(`The "value" for ${key} must be an object.`);
  }
  if (operation.op !== "add") delete resource[key];
}

/** Changes the resource in place; it must be the caller's own copy. */
export function applyOperation(resource: JsonObject, operation: PatchOperation): void {
  const { extension, name } = operation.target;
  const whole = wholeExtensionOf(resource, operation);
  if (whole !== null) removeExtension(resource, whole, operation);
  if (whole !== null || name === null) return;
  if (extension === null) {
    applyTo(resource, name, operation);
    return;
  }
  const key = keyIn(resource, extension);
  const holder = asObject(resource[key]);
  applyTo(holder, name, operation);
  if (Object.keys(holder).length === 0) delete resource[key];
  else resource[key] = holder;
}
