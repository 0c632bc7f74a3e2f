/** One signing key as `/cdn-cgi/access/certs` and the console show it. */
export interface SigningKey {
  /** 64 hex digits. */
  kid: string;
  publicJwk: Record<string, string>;
  /** PEM. */
  certificate: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** When its successor signs; null while there is none. */
  retiredAt: string | null;
  /** Until then tokens verify with it. */
  expiresAt: string | null;
}

/** Published before it signs, then signing, then good for verifying alone. */
export type KeyState = "next" | "signs" | "previous";

/** Days for which the key before stays valid at least after a rotation. */
export const OVERLAP_DAYS = 7;
export const DEFAULT_ROTATION_DAYS = 42;

/** Minutes for which a key is published before it signs: longer than caches keep the keys. */
export const PUBLISHED_MINUTES = 2;
