export type Token =
  | { kind: "tag"; name: string; attributes: { name: string; value: string }[] }
  | { kind: "text"; text: string }
  | { kind: "instruction"; text: string }
  | { kind: "doctype"; text: string }
  /** What no XML reader takes: nobody can say how another one reads it. */
  | { kind: "malformed" };

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export const character = (code: number): string =>
  code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";

/** Text as an XML reader takes it. */
const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, number, name) => {
    if (hex) return character(Number.parseInt(hex, 16));
    return number ? character(Number(number)) : (NAMED[name] ?? whole);
  });

const TAG = /<\/?([^\s<>/!?"'=]+)(?=[\s/>])((?:"[^"<]*"|'[^'<]*'|[^<>"'])*)>/y;
const ATTRIBUTE = /([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function tagOf([, name = "", rest = ""]: RegExpExecArray): Token {
  if (/["'=]/.test(rest.replace(ATTRIBUTE, ""))) return { kind: "malformed" };
  const attributes = [...rest.matchAll(ATTRIBUTE)].map(([, attribute = "", double, single]) => ({
    name: attribute,
    value: decoded(double ?? single ?? ""),
  }));
  return { kind: "tag", name, attributes };
}

const SPANS = [
  { from: "<!--", to: "-->", token: (): Token => ({ kind: "text", text: "" }) },
  { from: "<![CDATA[", to: "]]>", token: (text: string): Token => ({ kind: "text", text }) },
  { from: "<?", to: "?>", token: (text: string): Token => ({ kind: "instruction", text }) },
  { from: "<!DOCTYPE", to: ">", token: (text: string): Token => ({ kind: "doctype", text }) },
] as const;

/** The token that begins with the `<` at `at`, and where it ends. */
function markup(xml: string, at: number): { token: Token; end: number } {
  const malformed = { token: { kind: "malformed" } as const, end: xml.length };
  const span = SPANS.find(({ from }) => xml.startsWith(from, at));
  if (span) {
    const start = at + span.from.length;
    const close = xml.indexOf(span.to, start);
    if (close < 0) return malformed;
    return { token: span.token(xml.slice(start, close)), end: close + span.to.length };
  }
  TAG.lastIndex = at;
  const tag = TAG.exec(xml);
  return tag ? { token: tagOf(tag), end: at + tag[0].length } : malformed;
}

/** XML in its parts, read from the left as every reader does, in time that grows with its length. */
export function* tokensOf(xml: string): Generator<Token> {
  let at = 0;
  while (at < xml.length) {
    const next = xml.indexOf("<", at);
    const end = next < 0 ? xml.length : next;
    if (end > at) yield { kind: "text", text: decoded(xml.slice(at, end)) };
    if (next < 0) return;
    const found = markup(xml, next);
    yield found.token;
    at = found.end;
  }
}
