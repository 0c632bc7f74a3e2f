import { createHash, randomBytes, webcrypto } from "node:crypto";

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
} as const;
const YEAR_MS = 365 * 24 * 3_600_000;

export interface NewSigningKey {
  /** 64 hex digits: SHA-256 of the public key (SPKI). */
  kid: string;
  publicJwk: Record<string, string>;
  privateJwk: Record<string, string>;
  /** PEM. */
  certificate: string;
}

/** Positive and never zero, as RFC 5280 §4.1.2.2 wants it. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}

/**
 * The certificate says no more than the key does: nobody trusts it, and a key ends by being taken out
 * of the set. So it lives longer than any key.
 */
async function selfSigned(commonName: string, keys: webcrypto.CryptoKeyPair): Promise<string> {
  // Some 20 modules, needed once in six weeks; its container wants the polyfill first.
  await import("reflect-metadata");
  const { X509CertificateGenerator } = await import("@peculiar/x509");
  const now = Date.now();
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      // RFC 5280 allows a common name 64 characters.
      name: [{ CN: [commonName.slice(0, 64)] }],
      notBefore: new Date(now - 3_600_000),
      notAfter: new Date(now + 10 * YEAR_MS),
      signingAlgorithm: ALGORITHM,
      keys: keys as CryptoKeyPair,
    },
    webcrypto as Crypto,
  );
  return `${certificate.toString("pem").trim()}\n`;
}

/**
 * A fresh RSA key of 2048 bits for RS256, with a self-signed certificate for `commonName`. Works off
 * the event loop; takes some 100 ms.
 */
export async function generateSigningKey(commonName: string): Promise<NewSigningKey> {
  const { subtle } = webcrypto;
  const pair = await subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const [spki, publicJwk, privateJwk] = await Promise.all([
    subtle.exportKey("spki", pair.publicKey),
    subtle.exportKey("jwk", pair.publicKey),
    subtle.exportKey("jwk", pair.privateKey),
  ]);
  const kid = createHash("sha256").update(Buffer.from(spki)).digest("hex");
  const { n = "", e = "" } = publicJwk;
  const { d = "", p = "", q = "", dp = "", dq = "", qi = "" } = privateJwk;
  const marks = { kid, kty: "RSA", alg: "RS256", use: "sig" };
  return {
    kid,
    publicJwk: { ...marks, e, n },
    privateJwk: { ...marks, e, n, d, p, q, dp, dq, qi },
    certificate: await selfSigned(commonName, pair),
  };
}
