import type { ScimError } from "../scim-error";

/** A piece of a filter and where it stands, from 0. */
export interface Token {
  readonly kind: "(" | ")" | "[" | "]" | "string" | "word" | "end";
  readonly text: string;
  /** Of a string: what it says. */
  readonly value: string;
  readonly at: number;
}

export type Refuse = (problem: string, at: number) => ScimError;

/** PostgreSQL holds neither, so nothing could match. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

const end = /["\s()[\]]/;
const bracket = /[()[\]]/;

function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

function readString(text: string, at: number, refuse: Refuse): Token {
  const to = stringEnd(text, at);
  if (to === -1) throw refuse("The text that begins here has no closing quote", at);
  const written = text.slice(at, to);
  try {
    const value: unknown = JSON.parse(written);
    if (typeof value === "string" && !UNSTORABLE.test(value)) {
      return { kind: "string", text: written, value, at };
    }
  } catch {
    // Said below.
  }
  throw refuse("The text that begins here is no JSON string: check its escapes", at);
}

/** Cuts a filter or a path into its pieces. Throws what `refuse` makes of a problem. */
export function tokensOf(text: string, refuse: Refuse): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const first = text.charAt(at);
    let token: Token;
    if (/\s/.test(first)) {
      at++;
      continue;
    }
    if (bracket.test(first)) token = { kind: first as "(", text: first, value: "", at };
    else if (first === '"') token = readString(text, at, refuse);
    else {
      const length = text.slice(at).search(end);
      const word = length === -1 ? text.slice(at) : text.slice(at, at + length);
      token = { kind: "word", text: word, value: "", at };
    }
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: "end", text: "", value: "", at });
  return tokens;
}
