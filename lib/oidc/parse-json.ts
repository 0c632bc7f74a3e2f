import { isDeep } from "@/lib/outbound/json-depth";

export type JsonObject = Record<string, unknown>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * JSON from a provider, or null when the text is none or nests deeper than 32 levels. Keys named
 * `__proto__` are dropped at every depth, so the result can be spread and copied.
 */
function parseJson(text: string): unknown {
  if (isDeep(text)) return null;
  try {
    return JSON.parse(text, (key, item) => (key === "__proto__" ? undefined : item));
  } catch {
    return null;
  }
}

/** A JSON object, read as above; null for anything else. */
export function parseJsonObject(text: string): JsonObject | null {
  const value = parseJson(text);
  return isJsonObject(value) ? value : null;
}

/** A JSON list, read as above; null for anything else. */
export function parseJsonList(text: string): unknown[] | null {
  const value = parseJson(text);
  return Array.isArray(value) ? value : null;
}

/** Own text members only: a document cannot reach its prototype through a name. */
export function textOf(object: JsonObject, name: string): string | null {
  const value = Object.hasOwn(object, name) ? object[name] : null;
  return typeof value === "string" && value !== "" ? value : null;
}

/** The texts of a list member, at most 100 of at most 200 characters; anything else is skipped. */
export function textsOf(object: JsonObject, name: string): string[] {
  const value = Object.hasOwn(object, name) ? object[name] : null;
  if (!Array.isArray(value)) return [];
  return value.filter((item) => typeof item === "string" && item.length <= 200).slice(0, 100);
}

export const looksLikeHtml = (text: string): boolean =>
  /^\s*(?:<!doctype|<html|<\?xml|<head|<body|<!--|<script)/i.test(text);
