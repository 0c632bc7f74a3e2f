import type { FrontEndId } from "../front-ends/schema";

/** What a configuration is made from. Everything is this installation's own. */
export interface ProxySettings {
  application: {
    name: string;
    aud: string;
    /** As stored: `host[:port][/path]`, with wildcards. */
    destinations: readonly string[];
    /** `read_service_tokens_from_header`: it holds a secret, so the application must not see it. */
    serviceTokenHeader: string | null;
  };
  /** Origin at which the proxy reaches Gatehouse, or gate.ts: `http://10.0.0.5:3000`. */
  gateUrl: string;
  /** Origin on which people sign in. */
  teamDomain: string;
  /** Origin of the application itself, which nobody but the proxy should reach. */
  upstream: string;
  /** Whether the proxy itself speaks TLS to browsers. */
  https: boolean;
  /** Header in which the client's country comes; null for none. */
  countryHeader: string | null;
}

export interface ProxyFile {
  /** Where it belongs on Debian. */
  name: string;
  text: string;
}

export interface ProxyConfig {
  frontEnd: FrontEndId;
  files: ProxyFile[];
  /** What to know or change, a sentence or two each. */
  notes: string[];
  /** Oldest version that it was made for, and why not an older one. */
  minimumVersion: string;
}
