import { attributeOf, isJsonObject, type JsonObject, readSafeObject } from "../input/safe-json";
import type { ResourceType } from "../schema";
import { invalidValue, ScimError } from "../scim-error";
import type { PatchOperation, Target } from "./operation";
import { assertSize } from "./size";
import { readTarget, targetInBody, targetInExtension, wholeExtension } from "./target";

const PATCH_URN = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const maxOperations = 1_000;
/** An operation without path is one for each of its names, and each is looked for in the resource. */
const maxTargets = 5_000;

const invalidSyntax = (detail: string) => new ScimError(400, detail, "invalidSyntax");

function assertSchemas(body: JsonObject): void {
  const schemas = attributeOf(body, "schemas");
  if (schemas === undefined) return;
  const named =
    Array.isArray(schemas) &&
    schemas.some(
      (each) => typeof each === "string" && each.toLowerCase() === PATCH_URN.toLowerCase(),
    );
  if (!named) throw invalidSyntax(`schemas must be a list that names ${PATCH_URN}.`);
}

function readOp(op: unknown): PatchOperation["op"] {
  const read = typeof op === "string" ? op.toLowerCase() : op;
  if (read === "add" || read === "remove" || read === "replace") return read;
  throw invalidSyntax(`"op" of an operation must be add, remove or replace.`);
}

const onTarget = (op: PatchOperation["op"], target: Target | null, value: unknown) =>
  target === null ? [] : [{ op, target, value }];

type Write = "add" | "replace";

const ofExtension = (op: Write, type: ResourceType, urn: string, attributes: JsonObject) =>
  Object.entries(attributes).flatMap(([name, value]) =>
    onTarget(op, targetInExtension(type, urn, name), value),
  );

/**
 * Without `path` the value is a piece of the resource: one operation for each of its names, which
 * may be paths themselves (Entra). What the client may not write is passed over, as in a PUT.
 */
function takeApart(op: Write, value: unknown, type: ResourceType): PatchOperation[] {
  if (!isJsonObject(value)) {
    throw invalidValue(`An operation without "path" needs an object of attributes as its "value".`);
  }
  return Object.entries(value).flatMap(([name, inner]) => {
    const extension = wholeExtension(type, name, inner);
    if (extension !== null && isJsonObject(inner)) return ofExtension(op, type, extension, inner);
    const target = targetInBody(type, name);
    // No members is not the same as members: null, which says nothing of them (authentik).
    const saysNothing = target?.definition?.name === "members" && inner === null;
    return saysNothing ? [] : onTarget(op, target, inner);
  });
}

function readOperation(operation: unknown, type: ResourceType): PatchOperation[] {
  if (!isJsonObject(operation)) throw invalidSyntax("Each of Operations must be an object.");
  const op = readOp(attributeOf(operation, "op"));
  const path = attributeOf(operation, "path") ?? null;
  const value = attributeOf(operation, "value");
  if (path !== null && typeof path !== "string") {
    throw new ScimError(400, `"path" must be a text.`, "invalidPath");
  }
  if (op === "remove") {
    if (path === null || path === "") {
      throw new ScimError(400, `A remove operation needs a "path".`, "noTarget");
    }
    return onTarget(op, readTarget(type, path), value);
  }
  if (value === undefined) throw invalidValue(`An ${op} operation needs a "value".`);
  if (path === null || path === "") return takeApart(op, value, type);
  const extension = wholeExtension(type, path, value);
  if (extension !== null && isJsonObject(value)) return ofExtension(op, type, extension, value);
  return onTarget(op, readTarget(type, path), value);
}

/**
 * The operations of a PATCH body (RFC 7644 §3.5.2), in their order, with each target resolved.
 * @throws ScimError 400 invalidSyntax, invalidPath, invalidValue, noTarget or mutability; 413
 */
export function readPatch(body: unknown, type: ResourceType): PatchOperation[] {
  const sent = readSafeObject(body);
  assertSchemas(sent);
  const operations = attributeOf(sent, "Operations");
  if (!Array.isArray(operations) || operations.length === 0) {
    throw invalidSyntax("Operations must be a list of at least one operation.");
  }
  if (operations.length > maxOperations) {
    throw new ScimError(413, `Operations must be at most ${maxOperations}.`);
  }
  assertSize(type, operations);
  const read = operations.flatMap((operation) => readOperation(operation, type));
  if (read.length > maxTargets) {
    throw new ScimError(413, `Operations must be of at most ${maxTargets} attributes in all.`);
  }
  return read;
}
