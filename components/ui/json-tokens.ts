export interface JsonToken {
  kind: "key" | "string" | "number" | "word" | "plain";
  text: string;
}

const PART = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

function kindOf(match: RegExpMatchArray): JsonToken["kind"] {
  if (match[1]) return match[2] ? "key" : "string";
  return match[3] ? "number" : "word";
}

/** Splits the output of JSON.stringify into coloured parts; joined, the texts are the input. */
export function jsonTokens(json: string): JsonToken[] {
  const tokens: JsonToken[] = [];
  let end = 0;
  for (const match of json.matchAll(PART)) {
    if (match.index > end) tokens.push({ kind: "plain", text: json.slice(end, match.index) });
    tokens.push({ kind: kindOf(match), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < json.length) tokens.push({ kind: "plain", text: json.slice(end) });
  return tokens;
}
