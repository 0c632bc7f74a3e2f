import { invalidValue, ScimError } from "../scim-error";

const maxDepth = 16;
const maxTextLength = 65_536;
const maxNameLength = 512;
const maxPartsOfObject = 1_000;

/** Names that reach an object's prototype, alone or inside of a path such as `a.constructor.b`. */
const forbidden = /(?:^|[^\w$-])(?:__proto__|constructor|prototype)(?:$|[^\w$-])/i;

const shown = (name: string) => JSON.stringify(name.slice(0, 80));

/** PostgreSQL keeps neither in jsonb nor in text. */
const isUnstorable = (text: string) => text.includes("\0") || /\p{Surrogate}/u.test(text);

/**
 * Refuses a name or path that could reach a prototype.
 * @throws ScimError 400 invalidSyntax
 */
export function assertSafeName(name: string): void {
  if (forbidden.test(name)) {
    throw new ScimError(400, `The name ${shown(name)} is not allowed.`, "invalidSyntax");
  }
  if (name.length > maxNameLength || isUnstorable(name)) {
    throw new ScimError(
      400,
      `A name must be at most ${maxNameLength} characters of valid Unicode without NUL.`,
      "invalidSyntax",
    );
  }
}

function assertSafeText(text: string): void {
  if (text.length > maxTextLength) {
    throw invalidValue(`A text is longer than ${maxTextLength} characters.`);
  }
  if (isUnstorable(text)) {
    throw invalidValue("A text holds a NUL character or half of a surrogate pair.");
  }
}

/** @throws ScimError 400 invalidSyntax */
export function assertFewNames(names: readonly string[]): void {
  if (names.length > maxPartsOfObject) {
    throw new ScimError(
      400,
      `An object has more than ${maxPartsOfObject} attributes.`,
      "invalidSyntax",
    );
  }
}

function assertSafeAt(value: unknown, depth: number): void {
  if (typeof value === "string") assertSafeText(value);
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw invalidValue("A number is too large.");
  }
  if (typeof value !== "object" || value === null) return;
  if (depth >= maxDepth) {
    throw new ScimError(400, `The body is nested deeper than ${maxDepth} levels.`, "invalidSyntax");
  }
  if (Array.isArray(value)) {
    for (const item of value) assertSafeAt(item, depth + 1);
    return;
  }
  const names = Object.keys(value);
  assertFewNames(names);
  for (const name of names) {
    assertSafeName(name);
    assertSafeAt((value as Record<string, unknown>)[name], depth + 1);
  }
}

export type JsonObject = Record<string, unknown>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The object itself, or one without anything where it is none. */
export const asObject = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/**
 * What every body goes through first: parsed JSON in, the same object out once nothing in it can
 * reach a prototype, exhaust the stack or fail to be stored.
 * @throws ScimError 400
 */
export function readSafeObject(body: unknown): JsonObject {
  if (!isJsonObject(body)) {
    throw new ScimError(400, "The body must be a JSON object.", "invalidSyntax");
  }
  assertSafeAt(body, 0);
  return body;
}

/**
 * The value under a name in any case (RFC 7643 §2.1), or undefined.
 * @throws ScimError 400 invalidSyntax when two names differ in nothing but case
 */
export function attributeOf(object: JsonObject, name: string): unknown {
  const wanted = name.toLowerCase();
  const found = Object.keys(object).filter((key) => key.toLowerCase() === wanted);
  if (found.length > 1) {
    throw new ScimError(400, `${name} is there more than once.`, "invalidSyntax");
  }
  return found[0] === undefined ? undefined : object[found[0]];
}
