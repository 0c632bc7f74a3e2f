/** Longer ones (tokens) are looked for as they stand. */
const LONGEST_SPELLED = 512;

const escapeText = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

const NAMED: Record<string, string> = {
  " ": "\\+",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': '&quot;|\\\\"',
  "'": "&apos;",
  "\\": "\\\\\\\\",
  "/": "\\\\/",
};

/** One character as it may be spelled in a URL (also twice encoded), in JSON, in HTML, or plainly. */
function spellings(char: string): string {
  const point = char.codePointAt(0) ?? 0;
  const percent = [...Buffer.from(char)].map((byte) => `%(?:25)*${hex(byte)}`).join("");
  const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at));
  const json = units.map((unit) => `\\\\u${unit.toString(16).padStart(4, "0")}`).join("");
  const html = `&#(?:x0*${point.toString(16)}|0*${point});`;
  const named = NAMED[char];
  return `(?:${[escapeText(char), percent, json, html, ...(named ? [named] : [])].join("|")})`;
}

const patternOf = (value: string): RegExp =>
  new RegExp(
    value.length > LONGEST_SPELLED ? escapeText(value) : [...value].map(spellings).join(""),
    "gi",
  );

const fromHex = (digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));
const fromPoint = (point: number): string => (point < 0x80 ? String.fromCharCode(point) : "\ufffd");

/** A text with every spelling of an ASCII character undone, and in lower case. */
export function unspelled(text: string): string {
  const lower = text.toLowerCase();
  if (!/[%\\&]/.test(lower)) return lower;
  return lower
    .replace(/%(?:25)*([0-9a-f]{2})/g, (_all, digits: string) => fromHex(digits))
    .replace(/\\u([0-9a-f]{4})/g, (_all, digits: string) => fromHex(digits))
    .replace(/&#(?:x0*([0-9a-f]{1,6})|0*([0-9]{1,7}));/g, (_all, sixteen?: string, ten?: string) =>
      fromPoint(sixteen === undefined ? Number(ten) : Number.parseInt(sixteen, 16)),
    )
    .replaceAll("\\/", "/")
    .toLowerCase();
}

/** What stands before a secret can be read together with its first characters: `%` and two of them. */
const SWALLOWED = 5;
/** What a `%` or `&#x` before it may swallow any number of. */
const ENDLESS = /^5?(?:25|0)*/;
const LEAST_SOUGHT = 4;

/** A secret that is found however a provider spells it. */
export interface SpelledSecret {
  /** Whether it may be in a text that `unspelled` made; false is certain. */
  mayBeIn(unspelledText: string): boolean;
  pattern(): RegExp;
}

/**
 * The pattern of a secret takes milliseconds to compile and to run, so it is made and used only
 * where a plain search has found the secret's letters.
 */
export function spelledSecret(value: string): SpelledSecret {
  let pattern: RegExp | undefined;
  // Without %, \ and &, which a spelling may be made of, undoing it gives the value itself.
  const plain = /^[\w.~/=-]+$/.test(value) ? value.toLowerCase() : "";
  const sought = plain.replace(ENDLESS, "").slice(SWALLOWED);
  return {
    mayBeIn: (text) => sought.length < LEAST_SOUGHT || text.includes(sought),
    pattern() {
      pattern ??= patternOf(value);
      return pattern;
    },
  };
}
