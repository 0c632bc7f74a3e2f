import { isDeep } from "./json-depth";
import { type SpelledSecret, spelledSecret, unspelled } from "./spelled-secret";

const MARK = "[redacted]";
const SECRET_NAMES = new Set(
  `code code_verifier client_secret client_assertion access_token refresh_token id_token
  id_token_hint token device_code assertion password state request request_uri`.split(/\s+/),
);
/** Private members of a JWK (RFC 7517 §4, RFC 7518 §6): a provider may publish them by mistake. */
const PRIVATE_JWK = new Set(["d", "p", "q", "dp", "dq", "qi", "k", "oth"]);
const SECRET_HEADERS = new Set(["cookie", "set-cookie", "x-api-key", "dpop"]);
const AUTHORIZATION = new Set(["authorization", "proxy-authorization"]);
/** Words joined by dots. Each run has one place to begin, or a long one would take quadratic time. */
const DOTTED = /(?<![\w-])[\w-]+(?:\.[\w-]*)+/g;
const JWT_HEAD = /eyJ[\w-]{8}/;
/** `name=value` and `"name": "value"` in text that is neither a form nor JSON, cut-off JSON above all. */
const ASSIGNED =
  /((?:access|refresh|id)_token|client_(?:secret|assertion)|code_verifier|device_code|password)(["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s&,;<>"'}]+)/gi;
/** A long word with a digit in it: a token under whatever name. */
const OPAQUE = /^(?=.*\d)[\w.~+/=-]{20,}$/;
/** Shorter values are no secrets, and taking them out would only garble the rest. */
const LEAST = 4;
const MOST_TEXT = 64 * 1024;
const MOST_TOKENS = 20;

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

export interface Redactor {
  /** Takes a value out of everything from now on. Anything but a text of some length is ignored. */
  learn(value: unknown): void;
  /** The same for a value that a provider chose: in whole spellings only, for it may be made to be slow. */
  learnIssued(value: unknown): void;
  /** Takes out the secret of a client, also where it stands inside HTTP Basic credentials. */
  learnClient(id: string, secret: string | null): void;
  /** Learnt values only. */
  known(text: string): string;
  /** Learnt values, tokens, and whatever is assigned to the name of a secret. */
  text(text: string): string;
  url(url: string): string;
  headers(headers: Headers): Record<string, string>;
  /**
   * A request or response body: JSON, form, or any other text (of which only the first 64 KB are
   * kept, and of a JSON body only texts of 64 KB together). In the answer of an endpoint that
   * `issues` tokens, whatever looks like one is taken out.
   */
  body(text: string, issues?: boolean): string;
}

/** A run of dotted words without the JWT in it, which may stand right behind other text. */
function withoutJwt(run: string): string {
  const words = run.split(".");
  const at = words.slice(0, -1).findIndex((word) => JWT_HEAD.test(word));
  if (at < 0) return run;
  const head = words[at] ?? "";
  return [...words.slice(0, at), `${head.slice(0, head.search(JWT_HEAD))}${MARK}`].join(".");
}

/** Private keys in PEM form, whole or cut off. */
function withoutPrivateKeys(text: string): string {
  if (!text.includes("PRIVATE KEY-----")) return text;
  return text
    .split(/(?=-----BEGIN )/)
    .map((part) => {
      const [begin = "", label = ""] =
        /^-----BEGIN ([A-Z ]{0,30}PRIVATE KEY)-----/.exec(part) ?? [];
      if (begin === "") return part;
      const end = `-----END ${label}-----`;
      const at = part.indexOf(end);
      return `${begin}${MARK}${at < 0 ? "" : part.slice(at)}`;
    })
    .join("");
}

const basic = (id: string, secret: string): string =>
  Buffer.from(`${id}:${secret}`).toString("base64");

function redactJson(value: unknown, text: (value: string) => string): unknown {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map((item) => redactJson(item, text));
  if (typeof value !== "object" || value === null) return value;
  const isKey = "kty" in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const secret =
        (SECRET_NAMES.has(name.toLowerCase()) && typeof item === "string") ||
        (isKey && PRIVATE_JWK.has(name));
      return [text(name), secret ? MARK : redactJson(item, text)];
    }),
  );
}

const encoded = (value: string): string => new URLSearchParams({ v: value }).toString().slice(2);

/** A text as it stands, in a form, in a URL and in JSON. */
function wholeSpellings(value: string): string[] {
  // A half of a surrogate pair has no place in a URL.
  const inUrl = encodeURIComponent(value.replace(/\p{Cs}/gu, "\ufffd"));
  const lowerCase = inUrl.replace(/%../g, (triplet) => triplet.toLowerCase());
  return [value, encoded(value), inUrl, lowerCase, JSON.stringify(value).slice(1, -1)];
}

/** Tokens named as such, so that they are known when the provider repeats them elsewhere. */
function tokensIn(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    /_token$/i.test(name) && typeof item === "string" && item.length >= 16
      ? [item]
      : tokensIn(item),
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function redactForm(form: string, text: (value: string) => string): string {
  return form
    .split("&")
    .map((pair) => {
      const [name = "", ...rest] = pair.split("=");
      const secret = rest.length > 0 && SECRET_NAMES.has(decoded(name).toLowerCase());
      return secret ? `${name}=${MARK}` : text(pair);
    })
    .join("&");
}

const isForm = (text: string): boolean => /^[\w.%+-]+=[^\s<>"{}]*$/.test(text);

function parseJson(text: string): unknown {
  try {
    return isDeep(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function redactUrl(url: string, text: (value: string) => string): string {
  const [, base = "", query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? [];
  const plain = text(base).replace(/^(\w+:\/\/)[^/@]*@/, `$1${MARK}@`);
  const search = query === undefined ? "" : `?${redactForm(query, text)}`;
  return `${plain}${search}${fragment === undefined ? "" : `#${MARK}`}`;
}

/** Cleans texts of at most 64 KB together; what goes beyond that is left out, not left as it is. */
function withinBudget(clean: (value: string) => string): (value: string) => string {
  let left = MOST_TEXT;
  return (value) => {
    if (value.length > left) return "…";
    left -= value.length;
    return clean(value);
  };
}

/** Makes a redactor for one round trip. What it was not told is judged by name and by shape. */
export function createRedactor(): Redactor {
  const secrets = new Map<string, SpelledSecret>();
  const issued = new Set<string>();

  function learn(value: unknown): void {
    if (typeof value !== "string" || value.length < LEAST || secrets.has(value)) return;
    secrets.set(value, spelledSecret(value));
  }
  function learnIssued(value: unknown): void {
    if (typeof value !== "string" || value.length < LEAST) return;
    for (const spelling of wholeSpellings(value)) issued.add(spelling);
  }
  const known = (text: string): string => {
    let clean = text;
    for (const spelling of issued) clean = clean.replaceAll(spelling, MARK);
    const plain = unspelled(clean);
    for (const secret of secrets.values()) {
      if (secret.mayBeIn(plain)) clean = clean.replace(secret.pattern(), MARK);
    }
    return clean;
  };
  const text = (raw: string): string =>
    known(withoutPrivateKeys(raw)).replace(DOTTED, withoutJwt).replace(ASSIGNED, `$1$2${MARK}`);

  return {
    learn,
    learnIssued,
    learnClient(id, secret) {
      if (secret === null) return;
      const strict = (value: string) =>
        encoded(value).replace(/[-_.*]/g, (char) => `%${hex(char.charCodeAt(0)).toUpperCase()}`);
      for (const spell of [(value: string) => value, encoded, encodeURIComponent, strict]) {
        learn(basic(spell(id), spell(secret)));
      }
      learn(Buffer.from(secret).toString("base64"));
      learn(Buffer.from(secret).toString("hex"));
      learn(secret);
    },
    known,
    text,
    url: (url) => redactUrl(url, text),
    headers(headers) {
      return Object.fromEntries(
        [...headers].map(([name, value]) => {
          if (SECRET_HEADERS.has(name)) return [name, MARK];
          if (AUTHORIZATION.has(name)) return [name, `${value.split(" ")[0]} ${MARK}`];
          if (name === "location" || name === "referer") return [name, redactUrl(value, text)];
          return [name, text(value)];
        }),
      );
    },
    body(raw, issues = false) {
      const json = parseJson(raw);
      if (typeof json === "object" && json !== null) {
        for (const token of tokensIn(json).slice(0, MOST_TOKENS)) learnIssued(token);
        const opaque = (value: string) => (OPAQUE.test(value) ? MARK : text(value));
        return JSON.stringify(redactJson(json, withinBudget(issues ? opaque : text)));
      }
      const head = raw.slice(0, MOST_TEXT);
      return isForm(head) ? redactForm(head, text) : text(head);
    },
  };
}
