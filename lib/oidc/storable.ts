const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that PostgreSQL can read from JSON: it refuses NUL and halves of surrogate pairs. */
export const storableText = (text: string): string =>
  text.replaceAll("\u0000", "\ufffd").replace(LONE_SURROGATE, "\ufffd");

/** A copy of plain JSON data with `text` applied to every text and name in it. */
export function mapTexts<T>(value: T, text: (value: string) => string): T {
  const copy = (item: unknown): unknown => {
    if (typeof item === "string") return text(item);
    if (Array.isArray(item)) return item.map(copy);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(
      Object.entries(item).map(([name, member]) => [text(name), copy(member)]),
    );
  };
  return copy(value) as T;
}
