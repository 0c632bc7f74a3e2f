import type { Discovered } from "@/lib/connectors/definition";

/** What a provider says it can do. Nothing here is filled into a form by itself. */
export interface Offers {
  responseTypes: string[];
  /** Empty means query and fragment (OpenID Connect Discovery §3). */
  responseModes: string[];
  codeChallengeMethods: string[];
  /** Empty means `client_secret_basic` to the letter, and nothing at all in practice. */
  tokenAuthMethods: string[];
  idTokenEncryptionAlgs: string[];
  prompts: string[];
  /** Empty where the provider does not speak DPoP (RFC 9449 §5.1). */
  dpopAlgs: string[];
  /** Pushed authorization requests (RFC 9126 §5). */
  parUrl: string | null;
  requiresPar: boolean;
  /** Names itself in every answer to the browser (RFC 9207 §3). */
  issParameter: boolean;
  certificateBoundTokens: boolean;
  /** Token endpoint for clients that prove themselves by certificate (RFC 8705 §5). */
  mtlsTokenUrl: string | null;
}

/** What a discovery document says, in the words of a login method's settings. */
export interface DiscoveryReport {
  /** Where the document was found. */
  documentUrl: string;
  /** As the document has it, byte for byte; empty when it has none. */
  issuer: string;
  /** Whether the issuer belongs to the address (OpenID Connect Discovery §4.3). */
  issuerMatches: boolean;
  /** By config key; only what the document has. */
  discovered: Discovered;
  /** Document keys that a login method needs and that are absent or unusable, such as `jwks_uri`. */
  missing: string[];
  scopesSupported: string[];
  claimsSupported: string[];
  /** Signature algorithms of ID tokens. */
  algs: string[];
  offers: Offers;
  /** What may go wrong, as sentences. */
  notes: string[];
  /** What could be used besides, as sentences. Nothing is wrong without it. */
  tips: string[];
}
