/** One signing key as `/cdn-cgi/access/certs` and the console show it. */
export interface SigningKey {
  /** 64 hex digits. */
  kid: string;
  publicJwk: Record<string, string>;
  /** PEM. */
  certificate: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Null for the one that signs. */
  retiredAt: string | null;
  expiresAt: string | null;
}

/** Days for which the key before stays valid after a rotation. */
export const OVERLAP_DAYS = 7;
export const DEFAULT_ROTATION_DAYS = 42;
