const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const clean = (text: string): string =>
  text.replaceAll("\u0000", "\uFFFD").replace(LONE_SURROGATE, "\uFFFD");

/**
 * A value as PostgreSQL's jsonb accepts it: it refuses NUL and half surrogate pairs, both of which a
 * provider can put into a claim.
 */
export function storable(value: unknown): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [clean(key), storable(item)]),
  );
}
