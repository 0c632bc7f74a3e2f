import "server-only";
import { AppError } from "@/lib/kit/errors";
import { open, seal } from "@/lib/kit/master-key";
import type { PrivateJwk } from "@/lib/oidc/schema";
import { openersOf, signerOf } from "./key-states";
import type { KeyId, KeyUse } from "./schema";

/** A key pair as it is stored. */
export interface StoredKey extends KeyId {
  use: KeyUse;
  alg: string;
  publicJwk: Record<string, string>;
  sealed: string;
  createdByName: string;
  createdAt: Date;
  retiredAt: Date | null;
}

/** Binds a private key to its id and its login method, so that a copy elsewhere cannot be opened. */
const contextOf = ({ loginMethodId, kid }: KeyId) => `client_key:${loginMethodId}:${kid}`;

export const sealKey = (id: KeyId, privateJwk: PrivateJwk): string =>
  seal(JSON.stringify(privateJwk), contextOf(id));

function openKey(key: StoredKey): PrivateJwk {
  try {
    return JSON.parse(open(key.sealed, contextOf(key))) as PrivateJwk;
  } catch (cause) {
    throw new AppError(
      "unavailable",
      "A key pair of this login method cannot be opened with this GATEHOUSE_SECRET.",
      {
        cause,
        fix: "Start Gatehouse with the secret that it was made under, or delete the key and make a new one.",
      },
    );
  }
}

export interface OpenKeys {
  clientKey: PrivateJwk | null;
  decryptionKeys: readonly PrivateJwk[];
}

/**
 * Opens the private keys of one login method for its connection; they go nowhere else. `signs` tells
 * whether it proves itself by a key. Throws AppError `unavailable`.
 */
export function openKeys(keys: readonly StoredKey[], signs: boolean): OpenKeys {
  const signer = signs ? signerOf(keys) : null;
  return {
    clientKey: signer && openKey(signer),
    decryptionKeys: openersOf(keys).map(openKey),
  };
}
