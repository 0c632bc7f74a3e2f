import { storableText } from "@/lib/oidc/storable";

export const REDACTED = "[redacted]";
/** Stands in place of a body that the log no longer keeps. It is no JSON, so nothing replays it. */
export const FORGOTTEN = "(not kept any more: long bodies are kept of the newest 50,000 requests)";
const MOST_BYTES = 65_536;
/** What is kept of a body that may not be long. */
const SHORT_BYTES = 2_048;
/** Values of a body that are looked at. What lies beyond could not be shown anyway. */
const MOST_VALUES = 20_000;
const MOST_DEPTH = 20;

const NAMES =
  "(?:pass(?:word|wd|code|phrase)|pwd|secret|token|authorization|credential|(?:private|api|access)[_-]?key|pin[_-]?code|(?<![a-z])pin(?![a-z]))";
const SECRET = new RegExp(NAMES, "i");
/** As in `userPin`, and not as in `shipping`. */
const CAMEL_PIN = /[a-z]Pin(?![a-z])/;
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"?`;
/** In text that is not JSON: the name, and what follows it up to the next member. */
const SECRET_MEMBER = new RegExp(
  String.raw`(${NAMES}[^:=\s]{0,40}\s*[:=]\s*)(${QUOTED}|[^,}\]\n]+)`,
  "gi",
);
const GAP = String.raw`(?:[\s+]|%20){1,10}`;
/** In a filter; quotes are behind a backslash where the filter stands in JSON that broke off. */
const SECRET_COMPARED = new RegExp(
  String.raw`(${NAMES}[^:=\s]{0,40}${GAP}(?:eq|ne|co|sw|ew|gt|ge|lt|le)${GAP})(${QUOTED}|\\"(?:(?!\\")[^])*|[^\s)\]]+)`,
  "gi",
);

interface Budget {
  left: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSecretName = (name: string): boolean => SECRET.test(name) || CAMEL_PIN.test(name);

/** A filter, or a path with one, that asks for a secret: it says what it may be. */
const asksSecret = (name: string, text: unknown): boolean =>
  typeof text === "string" &&
  /^(?:filter|path)$/i.test(name) &&
  (name.length === "filter".length || /[[?]/.test(text)) &&
  isSecretName(text.slice(0, MOST_BYTES));

/** Text of our own that may cite a filter. */
export const redactCited = (text: string): string => text.replace(SECRET_COMPARED, `$1${REDACTED}`);

/** An operation of a PATCH whose path names a secret: the secret is in `value`. */
const writesSecret = (value: Record<string, unknown>): boolean =>
  Object.entries(value).some(
    ([name, path]) =>
      name.toLowerCase() === "path" && typeof path === "string" && isSecretName(path),
  );

function copyOf(value: unknown, budget: Budget, depth: number): unknown {
  if (--budget.left < 0 || depth > MOST_DEPTH) return "…";
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    for (const item of value) {
      if (budget.left <= 0) {
        copy.push(`… ${value.length - copy.length} more`);
        break;
      }
      copy.push(copyOf(item, budget, depth + 1));
    }
    return copy;
  }
  if (!isRecord(value)) return value;
  const hidden = writesSecret(value);
  const copy = Object.entries(value).map(([name, member]) => {
    if (asksSecret(name, member)) return [name, REDACTED];
    if (name === "detail" && typeof member === "string") return [name, redactCited(member)];
    const isSecret = isSecretName(name) || (hidden && name.toLowerCase() === "value");
    // Whether it is turned on (`changePassword: {"supported": false}`) is no secret.
    const shown = typeof member === "boolean" || member === null || !isSecret;
    return [name, shown ? copyOf(member, budget, depth + 1) : REDACTED];
  });
  return Object.fromEntries(copy);
}

function cutText(text: string, mayBeLong: () => boolean): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= SHORT_BYTES) return text;
  const most = mayBeLong() ? MOST_BYTES : SHORT_BYTES;
  if (bytes.length <= most) return text;
  // A cut in the middle of a character leaves a mark, which goes too.
  const kept = bytes
    .subarray(0, most)
    .toString("utf8")
    .replace(/\ufffd$/, "");
  return `${kept}\n… cut: only the first ${most / 1024} KB of ${Math.ceil(bytes.length / 1024)} KB are kept`;
}

/**
 * A body as the log keeps it: without passwords, secrets and tokens, at most 64 KB.
 * @param body parsed JSON, or text that was none
 * @param mayBeLong asked about a body of more than 2 KB, which is cut there when it may not
 * @returns text, or null when there is no body
 */
export function redactBody(body: unknown, mayBeLong = () => true): string | null {
  if (body === undefined || body === null || body === "") return null;
  if (typeof body === "string") {
    const text = body.slice(0, MOST_BYTES * 2).replace(SECRET_MEMBER, `$1${REDACTED}`);
    return cutText(storableText(redactCited(text)), mayBeLong);
  }
  const copy = copyOf(body, { left: MOST_VALUES }, 0);
  return cutText(storableText(JSON.stringify(copy) ?? ""), mayBeLong);
}

/** The query of a request as the log keeps it. */
export const redactQuery = (query: string | null | undefined): string | null =>
  query && isSecretName(query) ? REDACTED : (query ?? null);
