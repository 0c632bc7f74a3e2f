import * as z from "zod";

/** RS256 is the one that every provider takes. */
export const SIGNING_ALGS = ["RS256", "PS256", "ES256"] as const;
/** RSA-OAEP hashes with SHA-1, which is sound here; some providers know no other. */
export const ENCRYPTION_ALGS = ["RSA-OAEP-256", "RSA-OAEP", "ECDH-ES"] as const;
export type KeyAlg = (typeof SIGNING_ALGS)[number] | (typeof ENCRYPTION_ALGS)[number];
export type KeyUse = "sig" | "enc";

/** Of one login method and one use, retired ones among them. */
export const MAX_KEYS = 5;

const loginMethodId = z.uuid("That is not the id of a login method.");
/** A thumbprint: RFC 7638 §3. */
const kid = z.string().regex(/^[\w-]{43}$/, "That is not the id of a key.");

export const makeKeySchema = z.discriminatedUnion("use", [
  z.strictObject({ loginMethodId, use: z.literal("sig"), alg: z.enum(SIGNING_ALGS) }),
  z.strictObject({ loginMethodId, use: z.literal("enc"), alg: z.enum(ENCRYPTION_ALGS) }),
]);
export type MakeKey = z.output<typeof makeKeySchema>;

export const keySchema = z.strictObject({ loginMethodId, kid });
export type KeyId = z.output<typeof keySchema>;

/**
 * `in_use` signs, or is what the provider encrypts to. `next` is published and does not sign yet.
 * `retired` signs no more; one for encryption still opens what was encrypted to it.
 */
export type KeyState = "in_use" | "next" | "retired";

/** A key pair as the console may know it: the public half and its history. */
export interface ClientKey {
  kid: string;
  use: KeyUse;
  alg: string;
  state: KeyState;
  publicJwk: Record<string, string>;
  /** The same as SubjectPublicKeyInfo (RFC 7468 §13), for providers that take no JWK. */
  pem: string;
  createdAt: string;
  createdBy: string;
  retiredAt: string | null;
}

/** Where the public keys of a login method are served, below the team domain. */
export const jwksPath = (loginMethodId: string): string =>
  `/cdn-cgi/access/client-keys/${loginMethodId}/jwks.json`;
