import "server-only";
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { AppError } from "./errors";

/** A secret at rest: `v1.<key id>.<iv>.<ciphertext+tag>`, base64url parts. */
export type Sealed = string & { readonly __sealed?: true };

/**
 * The master key as bytes: 32 or more, from GATEHOUSE_SECRET or DATA_DIR/secret. Keys for each
 * purpose are derived from it by HKDF-SHA256, so no two purposes share one.
 */
export function deriveKey(master: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", master, "gatehouse", purpose, 32));
}

const keyId = (key: Buffer): string => createHash("sha256").update(key).digest("hex").slice(0, 8);

/** Seals text with AES-256-GCM. `context` is bound in: a value copied to another row cannot be opened. */
export function sealWith(key: Buffer, text: string, context: string): Sealed {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1.${keyId(key)}.${iv.toString("base64url")}.${body.toString("base64url")}`;
}

/** Opens what `sealWith` made; throws AppError `unavailable` when the key or the context is another. */
export function openWith(key: Buffer, sealed: Sealed, context: string): string {
  const [version, id, iv, body] = sealed.split(".");
  try {
    if (version !== "v1" || id !== keyId(key) || !iv || !body) throw new Error("other key");
    const bytes = Buffer.from(body, "base64url");
    const nonce = Buffer.from(iv, "base64url");
    // Node would take a tag of 4 bytes: a forgery in 2^32 tries.
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 })
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString(
      "utf8",
    );
  } catch (cause) {
    throw new AppError(
      "unavailable",
      "A stored secret cannot be opened with this GATEHOUSE_SECRET.",
      {
        cause,
        fix: "Start Gatehouse with the secret that it was saved under, or enter the secret again.",
      },
    );
  }
}

/** 32 random bytes as base64url: states, nonces, tickets, tokens. */
export const randomToken = (): string => randomBytes(32).toString("base64url");

/** SHA-256 as base64url, for secrets that are only ever compared. They must be random, not chosen. */
export const hashToken = (token: string): string =>
  createHash("sha256").update(token).digest("base64url");

/** Compares in constant time; texts of unlike length are unequal. */
export function sameText(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
