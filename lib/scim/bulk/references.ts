const PREFIX = "bulkId:";

/** The `bulkId`s that an operation names, in its path or anywhere in its data (RFC 7644 §3.7.2). */
export function referencesIn(value: unknown, found = new Set<string>(), depth = 0): Set<string> {
  if (typeof value === "string") {
    if (value.startsWith(PREFIX)) found.add(value.slice(PREFIX.length));
  } else if (typeof value === "object" && value !== null && depth < 20) {
    for (const inner of Object.values(value)) referencesIn(inner, found, depth + 1);
  }
  return found;
}

/** The same data with the ids of resources in place of their `bulkId`s. */
export function resolved(value: unknown, ids: ReadonlyMap<string, string>, depth = 0): unknown {
  if (typeof value === "string") {
    return value.startsWith(PREFIX) ? (ids.get(value.slice(PREFIX.length)) ?? value) : value;
  }
  if (typeof value !== "object" || value === null || depth >= 20) return value;
  if (Array.isArray(value)) return value.map((inner) => resolved(inner, ids, depth + 1));
  // Entries, not assignments: `__proto__` in a body stays an ordinary name, and is refused later.
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, resolved(inner, ids, depth + 1)]),
  );
}
