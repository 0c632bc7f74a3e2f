import { isDeep } from "@/lib/outbound/json-depth";

export type JsonObject = Record<string, unknown>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A JSON object from a provider, or null when the text is something else or nests deeper than 32
 * levels. Keys named `__proto__` are dropped at every depth, so the result can be spread and copied.
 */
export function parseJsonObject(text: string): JsonObject | null {
  if (isDeep(text)) return null;
  try {
    const value: unknown = JSON.parse(text, (key, item) =>
      key === "__proto__" ? undefined : item,
    );
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
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
