import "server-only";
import fs from "node:fs";
import path from "node:path";
import { dataDir } from "./data-dir";
import { env } from "./env";
import { AppError } from "./errors";
import { deriveKey, openWith, randomToken, type Sealed, sealWith } from "./secrets";
import { writeOnce } from "./write-once";

const MIN_LENGTH = 32;

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/**
 * The secret in a file, which is made with a fresh one (256 bits, 0600) when it is not there. Of
 * several processes that start at once, all get the same. Throws AppError `unavailable` when the
 * file cannot be read or written, or holds fewer than 32 characters.
 */
export function secretIn(file: string): string {
  let text: string;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    if (!fs.existsSync(file)) writeOnce(file, `${randomToken()}\n`);
    text = fs.readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new AppError(
      "unavailable",
      `The secret of this installation cannot be read from ${file} (${codeOf(cause) || "unknown"}).`,
      {
        cause,
        fix: `Give the file and its directory to the user that runs Gatehouse (uid ${process.getuid?.() ?? "?"}), or set GATEHOUSE_SECRET.`,
      },
    );
  }
  if (text.length >= MIN_LENGTH) return text;
  throw new AppError(
    "unavailable",
    `${file} should hold the secret of this installation, and holds only ${text.length} characters; ${MIN_LENGTH} are the least.`,
    {
      fix: "Restore it from a backup, or set GATEHOUSE_SECRET to what it held. Do not remove it: what it sealed could never be opened again.",
    },
  );
}

let cached: string | undefined;

/**
 * The master key: GATEHOUSE_SECRET, else the secret in DATA_DIR. Never use it as it is; derive a key
 * for the purpose with `deriveKey(masterKey(), purpose)`.
 */
export function masterKey(): string {
  cached ??= env().secret ?? secretIn(path.join(dataDir(), "secret"));
  return cached;
}

let sealing: Buffer | undefined;

function sealingKey(): Buffer {
  sealing ??= deriveKey(masterKey(), "secrets at rest");
  return sealing;
}

/**
 * Seals a secret for the database. `context` says what it is and whose, such as
 * `login_method:<id>:client_secret`; it opens only under the same one.
 */
export const seal = (text: string, context: string): Sealed =>
  sealWith(sealingKey(), text, context);

/** Opens what `seal` made. Throws AppError `unavailable` under another key or context. */
export const open = (sealed: Sealed, context: string): string =>
  openWith(sealingKey(), sealed, context);
