/**
 * Whether text is one email address: exactly one @, no spaces, no control or invisible characters.
 * `a@evil@corp` and `a@corp\u200b` have opened doors elsewhere (reference: peers §5 row 14).
 */
export const isEmail = (text: string): boolean =>
  text.length <= 320 && /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(text);

/** The address in a claim: a text, or the first address of a list. */
export function emailIn(value: unknown): string | null {
  const texts = Array.isArray(value) ? value : [value];
  return texts.find((text) => typeof text === "string" && isEmail(text)) ?? null;
}
