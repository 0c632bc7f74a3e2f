import { character, type Token, tokensOf } from "./svg-tokens";

/** Elements that run something, or show what is not a drawing. */
const ACTIVE: Record<string, string> = {
  script: "a script",
  handler: "a script",
  listener: "a script",
  foreignobject: "HTML (foreignObject)",
  iframe: "another page",
  embed: "another page",
  object: "another page",
  audio: "sound",
  video: "a film",
};
const ELSEWHERE = "it refers to something outside itself";

/** A style as a browser reads it: `\75rl(` is `url(`. */
const unescaped = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, "")
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex) => character(Number.parseInt(hex, 16)))
    .replace(/\\(.)/g, "$1");

/** Something inside the drawing, or an image that stands in it. */
const isInside = (address: string): boolean =>
  /^$|^#|^data:image\/(?:png|jpeg|gif|webp);base64,/i.test(address.replace(/[\s\p{Cc}]/gu, ""));

function styleProblem(css: string): string | null {
  const plain = unescaped(css);
  if (/@import|image-set\(|\bsrc\(/i.test(plain)) return ELSEWHERE;
  for (const [, address = ""] of plain.matchAll(/url\(\s*["']?([^"')]*)/gi)) {
    if (!isInside(address)) return ELSEWHERE;
  }
  return null;
}

const localName = (name: string): string => (name.split(":").at(-1) ?? "").toLowerCase();

/** An animation can put an address where there was none. */
const ANIMATED = new Set(["to", "from", "by", "values"]);

function attributeProblem(name: string, value: string): string | null {
  const local = localName(name);
  if (local.startsWith("on")) return "it contains a script";
  if (name.toLowerCase() === "xml:base") return ELSEWHERE;
  if ((local === "href" || local === "src") && !isInside(value)) return ELSEWHERE;
  if (ANIMATED.has(local) && /(?:^|;)\s*(?:[a-z][a-z+.-]*:|\/\/)/i.test(value)) return ELSEWHERE;
  return styleProblem(value);
}

function problemOf(token: Token): string | null {
  switch (token.kind) {
    case "malformed":
      return "it is not well-formed";
    case "doctype":
      return token.text.includes("[") ? "it defines entities" : null;
    case "instruction":
      return /^xml\s/.test(token.text) ? null : ELSEWHERE;
    case "text":
      return styleProblem(token.text);
    case "tag": {
      const active = ACTIVE[localName(token.name)];
      if (active) return `it contains ${active}`;
      const problems = token.attributes.map(({ name, value }) => attributeProblem(name, value));
      return problems.find((problem) => problem !== null) ?? null;
    }
  }
}

/**
 * Why a drawing is refused, as a sentence; null for one that only draws. Logos stand inside <img>,
 * where nothing runs and nothing loads in any case: this keeps out what might be opened elsewhere.
 */
export function svgProblem(svg: string): string | null {
  for (const token of tokensOf(svg)) {
    const problem = problemOf(token);
    if (problem) {
      return `This SVG is refused: ${problem}. Save it as a plain drawing, or upload a PNG.`;
    }
  }
  return null;
}
