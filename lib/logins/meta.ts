import "server-only";
import { createHmac } from "node:crypto";
import { masterKey } from "@/lib/kit/master-key";
import { deriveKey, sameText } from "@/lib/kit/secrets";
import { type LoginMeta, loginMetaSchema } from "./schema";

/** Longest text that is looked at. The login page's address holds it, and nginx takes 8 KB of that. */
const MAX_TEXT = 4096;
/** Bytes of a path as JSON; a longer one comes back to its page without the query, or to the start. */
const MAX_PATH = 2048;
const VERSION = "1";

let key: Buffer | undefined;

function macOf(body: string): string {
  key ??= deriveKey(masterKey(), "login meta");
  return createHmac("sha256", key).update(body).digest("base64url");
}

const sizeOf = (text: string): number => Buffer.byteLength(JSON.stringify(text));

function boundedPath(path: string): string {
  if (path.length * 6 <= MAX_PATH || sizeOf(path) <= MAX_PATH) return path;
  const bare = path.split("?", 1)[0] ?? "/";
  return sizeOf(bare) <= MAX_PATH ? bare : "/";
}

/**
 * What the gate tells the login page, as `1.<base64url JSON>.<base64url HMAC-SHA256>` under a key
 * derived from the master key. At most 4,096 characters: a path of more than 2,048 bytes loses its
 * query, or becomes `/`. Takes microseconds.
 */
export function signMeta({ path, ...meta }: LoginMeta): string {
  const json = JSON.stringify({ ...meta, path: boundedPath(path) });
  const body = `${VERSION}.${Buffer.from(json).toString("base64url")}`;
  return `${body}.${macOf(body)}`;
}

/**
 * Reads what `signMeta` made; null for anything else. Says nothing about its age: the caller compares
 * `iat` (seconds since 1970).
 */
export function readMeta(text: string): LoginMeta | null {
  if (text.length > MAX_TEXT) return null;
  const end = text.lastIndexOf(".");
  const body = text.slice(0, Math.max(end, 0));
  if (!body.startsWith(`${VERSION}.`) || !sameText(macOf(body), text.slice(end + 1))) return null;
  try {
    const json = Buffer.from(body.slice(VERSION.length + 1), "base64url").toString("utf8");
    return loginMetaSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}
