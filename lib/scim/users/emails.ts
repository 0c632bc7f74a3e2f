import type { ScimAttributes } from "../schema";

const textIn = (item: unknown): string | null =>
  typeof item === "object" && item !== null && "value" in item && typeof item.value === "string"
    ? item.value
    : null;

/** The values of `emails` in lower case, without repeats. */
export function emailsIn({ emails }: ScimAttributes): string[] {
  const items = Array.isArray(emails) ? emails : [];
  const values = items.map(textIn).filter((value) => value !== null);
  return [...new Set(values.map((value) => value.toLowerCase()))];
}
