import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";

export interface SigningKey {
  alg: "RS256" | "ES256";
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
  privateJwk: JWK;
}

/** A fresh signing key, extractable so that oidc-provider can be given it. */
export async function makeSigningKey(alg: SigningKey["alg"]): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const bare = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(bare);
  const marks = { kid, alg, use: "sig" };
  return {
    alg,
    kid,
    privateKey,
    publicJwk: { ...bare, ...marks },
    privateJwk: { ...(await exportJWK(privateKey)), ...marks },
  };
}

let stranger: Promise<SigningKey> | undefined;

/** A key that no provider publishes as its own. Made when first needed. */
export const strangersKey = (): Promise<SigningKey> => {
  stranger ??= makeSigningKey("RS256");
  return stranger;
};
