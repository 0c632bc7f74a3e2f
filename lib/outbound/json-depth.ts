const DEEPEST = 32;
const TOKEN = /"(?:[^"\\]|\\.)*"?|[[{]|[\]}]/gs;

/** Whether JSON text nests deeper than 32 levels, told without parsing it. */
export function isDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
