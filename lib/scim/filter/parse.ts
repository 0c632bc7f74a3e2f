import type { AttributePath } from "../schemas/attribute-path";
import { readAttributePath } from "../schemas/attribute-path";
import { ScimError } from "../scim-error";
import type { CompareOperator, Filter, Literal, PatchPath } from "./filter";
import { type Refuse, type Token, tokensOf } from "./tokens";

const MAX_LENGTH = 4_096;
const MAX_DEPTH = 32;

const OPERATORS = new Set<string>(["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"]);
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const isOperator = (text: string): text is CompareOperator => OPERATORS.has(text);

/** Pieces of a filter, and how far they have been read. */
class Reader {
  private index = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];

  constructor(
    text: string,
    readonly refuse: Refuse,
  ) {
    this.tokens = tokensOf(text, refuse);
  }

  get next(): Token {
    // There is always an end, and nobody reads past it.
    return this.tokens[Math.min(this.index, this.tokens.length - 1)] as Token;
  }

  take(): Token {
    const token = this.next;
    this.index++;
    return token;
  }

  takeIf(kind: Token["kind"]): boolean {
    const is = this.next.kind === kind;
    if (is) this.index++;
    return is;
  }

  takeWord(word: string): boolean {
    const is = this.next.kind === "word" && this.next.text.toLowerCase() === word;
    if (is) this.index++;
    return is;
  }

  expected(what: string): ScimError {
    const { kind, text, at } = this.next;
    const found = kind === "end" ? "the end" : text.slice(0, 60);
    return this.refuse(`Expected ${what}, found ${found}`, at);
  }

  nested<T>(read: () => T, close: ")" | "]"): T {
    if (++this.depth > MAX_DEPTH) {
      throw this.refuse(`More than ${MAX_DEPTH} brackets inside each other`, this.next.at);
    }
    const result = read();
    if (!this.takeIf(close)) throw this.expected(`"and", "or" or "${close}"`);
    this.depth--;
    return result;
  }
}

const grouped = (kind: "and" | "or", operands: Filter[]): Filter => {
  const [only] = operands;
  return only && operands.length === 1 ? only : { kind, operands };
};

function readOr(reader: Reader, inValue: boolean): Filter {
  const operands = [readAnd(reader, inValue)];
  while (reader.takeWord("or")) operands.push(readAnd(reader, inValue));
  return grouped("or", operands);
}

function readAnd(reader: Reader, inValue: boolean): Filter {
  const operands = [readTerm(reader, inValue)];
  while (reader.takeWord("and")) operands.push(readTerm(reader, inValue));
  return grouped("and", operands);
}

function readTerm(reader: Reader, inValue: boolean): Filter {
  if (reader.takeWord("not")) {
    if (!reader.takeIf("(")) throw reader.expected('"(" after "not"');
    return { kind: "not", operand: reader.nested(() => readOr(reader, inValue), ")") };
  }
  if (reader.takeIf("(")) return reader.nested(() => readOr(reader, inValue), ")");
  const path = readPathToken(reader);
  if (reader.next.kind !== "[") return readComparison(reader, path);
  if (inValue) throw reader.refuse("A value filter cannot hold another one", reader.next.at);
  const filter = readValueFilter(reader, path);
  const sub = readSubAfterBracket(reader);
  if (sub === null) return { kind: "value", path, filter };
  // Not in the grammar, and sent all the same: emails[type eq "work"].value eq "x".
  return { kind: "value", path, filter: grouped("and", [filter, readComparison(reader, sub)]) };
}

function readPathToken(reader: Reader): AttributePath {
  if (reader.next.kind !== "word") throw reader.expected("an attribute");
  const path = readAttributePath(reader.next.text);
  if (!path) throw reader.expected("the name of an attribute");
  reader.take();
  return path;
}

function readValueFilter(reader: Reader, path: AttributePath): Filter {
  if (path.sub !== null || path.name === null) {
    throw reader.refuse(
      "A value filter belongs to an attribute, not to a part of one",
      reader.next.at,
    );
  }
  reader.take();
  return reader.nested(() => readOr(reader, true), "]");
}

function readSubAfterBracket(reader: Reader): AttributePath | null {
  if (reader.next.kind !== "word" || !reader.next.text.startsWith(".")) return null;
  const sub = readAttributePath(reader.next.text.slice(1));
  if (!sub || sub.sub !== null || sub.urn !== null) {
    throw reader.expected("the name of a sub-attribute");
  }
  reader.take();
  return sub;
}

function readComparison(reader: Reader, path: AttributePath): Filter {
  const operator = reader.next.kind === "word" ? reader.next.text.toLowerCase() : "";
  if (operator === "pr") {
    reader.take();
    return { kind: "present", path };
  }
  if (!isOperator(operator)) {
    throw reader.expected(
      `an operator (eq, ne, co, sw, ew, pr, gt, ge, lt, le) after ${path.text}`,
    );
  }
  reader.take();
  return { kind: "compare", path, operator, value: readLiteral(reader) };
}

function readLiteral(reader: Reader): Literal {
  const { kind, text, value } = reader.next;
  const literal = kind === "string" ? value : wordLiteral(kind === "word" ? text : "");
  if (literal === undefined) {
    throw reader.expected('a value: "text" in double quotes, a number, true, false or null');
  }
  reader.take();
  return literal;
}

function wordLiteral(word: string): Literal | undefined {
  if (NUMBER.test(word) && Number.isFinite(Number(word))) return Number(word);
  const known = new Map<string, Literal>([
    ["true", true],
    ["false", false],
    ["null", null],
  ]);
  return known.get(word.toLowerCase());
}

function readerOf(text: string, what: string, scimType: "invalidFilter" | "invalidPath"): Reader {
  const refuse: Refuse = (problem, at) =>
    new ScimError(400, `${problem}, at character ${at + 1} of the ${what}.`, scimType);
  if (text.length > MAX_LENGTH) {
    throw new ScimError(400, `The ${what} is longer than ${MAX_LENGTH} characters.`, scimType);
  }
  return new Reader(text, refuse);
}

/**
 * Reads a filter (RFC 7644 §3.4.2.2), of at most 4,096 characters and 32 brackets inside each other.
 * Throws ScimError 400 `invalidFilter` that says what is wrong where.
 */
export function parseFilter(text: string): Filter {
  const reader = readerOf(text, "filter", "invalidFilter");
  const filter = readOr(reader, false);
  if (reader.next.kind !== "end") throw reader.expected('"and", "or" or the end');
  return filter;
}

/**
 * Reads a path of PATCH (RFC 7644 §3.5.2). Throws ScimError 400 `invalidPath` that says what is
 * wrong where.
 */
export function parsePath(text: string): PatchPath {
  const reader = readerOf(text, "path", "invalidPath");
  const path = readPathToken(reader);
  const filter = reader.next.kind === "[" ? readValueFilter(reader, path) : null;
  const sub = filter ? (readSubAfterBracket(reader)?.name ?? null) : path.sub;
  if (reader.next.kind !== "end") throw reader.expected("the end");
  return { ...path, sub, filter, text };
}
