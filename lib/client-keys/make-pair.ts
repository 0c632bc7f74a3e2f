import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import type { KeyAlg, KeyUse } from "./schema";

type Jwk = Record<string, string>;

export interface KeyPair {
  /** Thumbprint of the public half (RFC 7638), so that no two keys share one. */
  kid: string;
  publicJwk: Jwk;
  privateJwk: Jwk;
}

/** A fresh pair: RSA of 2048 bits, or P-256. Works off the event loop. */
export async function makePair(use: KeyUse, alg: KeyAlg): Promise<KeyPair> {
  const pair = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  const publicPart = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicPart);
  const marks = { kid, alg, use };
  return {
    kid,
    publicJwk: { ...(publicPart as Jwk), ...marks },
    privateJwk: { ...((await exportJWK(pair.privateKey)) as Jwk), ...marks },
  };
}
