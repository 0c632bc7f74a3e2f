import "server-only";
import { createHmac } from "node:crypto";
import type { Config } from "@/lib/connectors/definition";
import { masterKey } from "@/lib/kit/master-key";
import { deriveKey } from "@/lib/kit/secrets";
import { isBlank } from "./schema";

let key: Buffer | undefined;

/** Lists of names mean the same in any order; everything else is compared as it stands. */
const comparable = (value: unknown): unknown => (Array.isArray(value) ? value.toSorted() : value);

/**
 * Tells whether two sets of settings would make the same connection. `config` holds the opened
 * secrets too, so this is keyed: without the master key it does not help to guess one.
 */
export function fingerprintOf(kind: string, config: Config): string {
  key ??= deriveKey(masterKey(), "login method fingerprints");
  const entries = Object.entries(config)
    .filter(([, value]) => !isBlank(value) && value !== null)
    .map(([name, value]) => [name, comparable(value)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHmac("sha256", key)
    .update(JSON.stringify([kind, entries]))
    .digest("base64url");
}
