import type { Change } from "./schema";

/** Names that are secrets wherever they stand, so that a caller who forgets to say so leaks nothing. */
const ALWAYS_SECRET = new Set([
  "api_token",
  "authorization",
  "client_secret",
  "password",
  "password_hash",
  "private_key",
  "scim_secret",
  "secret",
  "token",
]);
const MAX_DEPTH = 8;
const MAX_TEXT = 2_000;

type Values = Record<string, unknown>;

const isRecord = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

type Secrets = ReadonlySet<string>;

/** The same value with secrets at any depth told only as `set`. */
function withoutSecrets(value: unknown, secret: Secrets, depth = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return "…";
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, secret, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      secret.has(key) && isSet(inner) ? "set" : withoutSecrets(inner, secret, depth + 1),
    ]),
  );
}

function bounded(text: string): string {
  const clean = text.replaceAll("\u0000", "\uFFFD");
  return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT)}…` : clean;
}

/** A value that is safe to store and to show: bounded, and without NUL, which PostgreSQL refuses. */
function shown(value: unknown, secret: Secrets): unknown {
  if (value === undefined) return null;
  if (typeof value === "string") return bounded(value);
  if (typeof value !== "object" || value === null) return value;
  const text = JSON.stringify(withoutSecrets(value, secret));
  if (text.length > MAX_TEXT) return bounded(text);
  return JSON.parse(text.replaceAll("\\u0000", "\\ufffd")) as unknown;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether two states of one key are to be compared key by key. */
const areObjects = (a: unknown, b: unknown): boolean =>
  (isRecord(a) && (isRecord(b) || !isSet(b))) || (isRecord(b) && !isSet(a));

const asRecord = (value: unknown): Values => (isRecord(value) ? value : {});

function secretChange(path: string, before: unknown, after: unknown): Change {
  if (!isSet(before)) return { path, before: null, after: "set" };
  return isSet(after)
    ? { path, before: null, after: "changed" }
    : { path, before: "set", after: "removed" };
}

function walk(from: Values, to: Values, prefix: string, depth: number, secret: Secrets): Change[] {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return keys.flatMap((key): Change[] => {
    const [a, b] = [from[key], to[key]];
    const path = `${prefix}${key}`;
    if (same(a, b) || (!isSet(a) && !isSet(b))) return [];
    if (secret.has(key) || secret.has(path)) return [secretChange(path, a, b)];
    if (!areObjects(a, b)) return [{ path, before: shown(a, secret), after: shown(b, secret) }];
    // Too deep to walk: say only that it changed.
    if (depth >= MAX_DEPTH) return [secretChange(path, a, b)];
    return walk(asRecord(a), asRecord(b), `${path}.`, depth + 1, secret);
  });
}

/**
 * What changed between two states, by dotted path in alphabetical order; null for "did not exist"
 * (created) or "no longer exists" (removed). Objects are walked, arrays compared as a whole.
 * `secretNames` holds keys whose values, and everything below them, appear only as `set`,
 * `changed` or `removed`; the usual names of secrets always do.
 */
export const diffOf = (
  before: Values | null,
  after: Values | null,
  secretNames: readonly string[] = [],
): Change[] => walk(before ?? {}, after ?? {}, "", 0, new Set([...ALWAYS_SECRET, ...secretNames]));
