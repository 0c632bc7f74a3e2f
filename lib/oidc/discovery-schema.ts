import type { Discovered } from "@/lib/connectors/definition";

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
  /** Things to know, as sentences. */
  notes: string[];
}
