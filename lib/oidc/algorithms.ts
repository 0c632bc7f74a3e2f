/**
 * Signatures that an ID token may carry. `none` and the HS family are missing on purpose: their key
 * would be no key, or the client secret (reference: protocols §0.5).
 */
export const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export const isAlgorithm = (value: unknown): value is Algorithm =>
  ALGORITHMS.some((algorithm) => algorithm === value);

const CURVES: Record<string, Algorithm[]> = {
  "P-256": ["ES256"],
  "P-384": ["ES384"],
  "P-521": ["ES512"],
  Ed25519: ["EdDSA", "Ed25519"],
};

/** Algorithms that a public key's type and curve can verify (RFC 7518 §3, RFC 8037, RFC 9864). */
export function algorithmsOf(kty: unknown, crv: unknown): Algorithm[] {
  if (kty === "RSA") return ALGORITHMS.filter((algorithm) => /^[RP]S/.test(algorithm));
  if (kty !== "EC" && kty !== "OKP") return [];
  return CURVES[String(crv)] ?? [];
}
