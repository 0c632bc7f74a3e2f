import { AppError, isAppError } from "@/lib/kit/errors";

/** What can go wrong below HTTP. */
export const NETWORK_FAULTS = [
  "blocked",
  "bad_url",
  "dns",
  "refused",
  "reset",
  "not_http",
  "unreachable",
  "timeout",
  "tls_untrusted",
  "tls_expired",
  "tls_name",
  "tls_client",
  "tls_handshake",
  "tls_settings",
  "tls_protocol",
  "proxy",
  "proxy_auth",
  "proxy_unreachable",
  "proxy_down",
  "too_large",
  "bad_port",
  "network",
] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

/** A failure below HTTP that Gatehouse itself found. */
export class FaultError extends Error {
  override readonly name = "FaultError";
  constructor(readonly code: NetworkFault) {
    super(code);
  }
}

const BY_CODE: Record<string, NetworkFault> = {
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EAI_NONAME: "dns",
  EAI_NODATA: "dns",
  ECONNREFUSED: "refused",
  ECONNRESET: "reset",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "reset",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls_untrusted",
  SELF_SIGNED_CERT_IN_CHAIN: "tls_untrusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls_untrusted",
  UNABLE_TO_GET_ISSUER_CERT: "tls_untrusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls_untrusted",
  CERT_UNTRUSTED: "tls_untrusted",
  CERT_HAS_EXPIRED: "tls_expired",
  CERT_NOT_YET_VALID: "tls_expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls_name",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "too_large",
  UND_ERR_HEADERS_OVERFLOW: "too_large",
};

/** Alerts by which a server asks for a client certificate, or refuses the one it was shown. */
const CLIENT_CERTIFICATE = /^ERR_SSL_.*ALERT_.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/;

function faultOfOne(error: Error): NetworkFault | null {
  if (error instanceof FaultError) return error.code;
  if (isAppError(error) && error.code === "outbound_blocked") return "blocked";
  if (error.name === "TimeoutError") return "timeout";
  if (error.message === "bad port") return "bad_port";
  const code = "code" in error ? String(error.code) : "";
  const known = BY_CODE[code];
  if (known) return known;
  if (code.startsWith("HPE_")) return "not_http";
  if (CLIENT_CERTIFICATE.test(code)) return "tls_client";
  if (/ALERT_(HANDSHAKE_FAILURE|UNRECOGNIZED_NAME)|UNRECOGNIZED_NAME$/.test(code))
    return "tls_handshake";
  return /^ERR_SSL|^EPROTO$|^ERR_TLS/.test(code) ? "tls_protocol" : null;
}

/** The fault in an error or its causes, or null when it is none of the network's. */
export function networkFault(error: unknown, depth = 0): NetworkFault | null {
  if (!(error instanceof Error) || depth > 6) return null;
  // Node tries all addresses of a name at once and reports them together.
  const causes = error instanceof AggregateError ? error.errors : [error.cause];
  const inner = causes.map((cause) => networkFault(cause, depth + 1)).find(Boolean);
  return inner ?? faultOfOne(error);
}

/** What is wrong and what to do, by fault; `{host}` stands for the host that was called. */
export const NETWORK_WORDS: Record<NetworkFault, readonly [string, string]> = {
  blocked: [
    "{host} is at an address that Gatehouse may not call.",
    "If your provider runs there, an owner can add it under Settings > System, or the server can be started with OUTBOUND_ALLOW.",
  ],
  bad_url: [
    "The address is not one that Gatehouse can call.",
    "Enter a full URL that starts with https://, without a user name in it.",
  ],
  dns: [
    "The name {host} was not found in DNS.",
    "Check the spelling, and that the Gatehouse server can look the name up.",
  ],
  refused: [
    "{host} refused the connection.",
    "Check the port, and that the provider is running and reachable from the Gatehouse server.",
  ],
  reset: [
    "{host} closed the connection before its answer was complete.",
    "Check that the address and the port speak HTTP as the URL says, that no firewall stands between, and whether the server wants a client certificate.",
  ],
  not_http: [
    "{host} answers at this port with something that is not HTTP.",
    "Check the port: it may belong to another service.",
  ],
  unreachable: [
    "No route leads from the Gatehouse server to {host}.",
    "Check the network and the firewall between the two.",
  ],
  timeout: [
    "{host} did not answer in time.",
    "Check that the provider is up and that no firewall drops requests from the Gatehouse server.",
  ],
  tls_untrusted: [
    "The TLS certificate of {host} is not trusted by the Gatehouse server.",
    "Install the whole certificate chain on the provider, or paste your private authority's certificate into Certificate authorities (for all methods: start Gatehouse with NODE_EXTRA_CA_CERTS).",
  ],
  tls_expired: [
    "The TLS certificate of {host} has expired or is not valid yet.",
    "Renew the certificate of the provider; if it is current, check the clock of the Gatehouse server.",
  ],
  tls_name: [
    "The TLS certificate of {host} is for another name.",
    "Use the host name that the certificate names, or give the provider a certificate for this one.",
  ],
  tls_protocol: [
    "{host} does not speak TLS at this address.",
    "Check the port, and whether the URL should start with http:// instead of https://.",
  ],
  tls_client: [
    "{host} asks for a client certificate, and was shown none that it takes.",
    "Paste the client certificate and its key that your provider gave you, and check that they have not expired.",
  ],
  tls_handshake: [
    "{host} refused the TLS handshake.",
    "Check the host name, and that the server is set up for it. If it wants a client certificate (mTLS), paste that and its key under Advanced.",
  ],
  tls_settings: [
    "The certificates that are saved for this login method cannot be used.",
    "Paste Certificate authorities, Client certificate and Client certificate key again.",
  ],
  proxy: [
    "The outbound proxy would not open a connection to {host}.",
    "Let the proxy allow this host and port, or name the host in NO_PROXY if the Gatehouse server reaches it by itself.",
  ],
  proxy_auth: [
    "The outbound proxy did not accept the user name and password of HTTPS_PROXY.",
    "Correct them in HTTPS_PROXY (http://user:password@proxy:port, special characters percent-encoded) and start Gatehouse again.",
  ],
  proxy_unreachable: [
    "The outbound proxy could not reach {host}.",
    "Check the name and the port, and that the proxy can look the name up; or name the host in NO_PROXY if the Gatehouse server reaches it by itself.",
  ],
  proxy_down: [
    "The outbound proxy itself could not be reached on the way to {host}.",
    "Check the address in HTTPS_PROXY, and that the proxy is running and speaks HTTP there.",
  ],
  too_large: [
    "The answer of {host} is larger than Gatehouse reads.",
    "Check that the URL leads to the endpoint itself and not to a download or a page.",
  ],
  bad_port: [
    "The port in the address is reserved for something other than HTTP.",
    "Use the port that the provider's HTTP server listens on.",
  ],
  network: [
    "{host} could not be reached.",
    "Check the address, and that the Gatehouse server can reach it.",
  ],
};

/** AppError `outbound_failed` in words for a failed request to `host`; the cause is kept. */
export function outboundFailed(host: string, cause: unknown): AppError {
  const [message, fix] = NETWORK_WORDS[networkFault(cause) ?? "network"];
  return new AppError("outbound_failed", message.replace("{host}", host), { fix, cause });
}
