import type { Discovered } from "@/lib/connectors/definition";
import { ALGORITHMS } from "./algorithms";
import { issuerBelongsTo } from "./discovery-addresses";
import type { DiscoveryReport, Offers } from "./discovery-schema";
import { isJsonObject, type JsonObject, textOf, textsOf } from "./parse-json";
import { certificateAddresses, requestNotes } from "./request-metadata";
import { usableUrl } from "./usable-url";

/** Document keys (OpenID Connect Discovery §3) by config key. */
const ENDPOINTS = {
  auth_url: "authorization_endpoint",
  token_url: "token_endpoint",
  certs_url: "jwks_uri",
  userinfo_url: "userinfo_endpoint",
} as const;
const REQUIRED = ["authorization_endpoint", "token_endpoint", "jwks_uri"];
const SCOPES = ["openid", "email", "profile", "groups"];
const LONGEST_URL = 2048;

/** Whether JSON is a discovery document at all. */
export const isDiscoveryDocument = (document: JsonObject): boolean =>
  textOf(document, "issuer") !== null || REQUIRED.some((key) => textOf(document, key) !== null);

/** POST first: Basic is where providers disagree about encoding (reference: protocols §0.2). */
function authMethod(document: JsonObject): string | null {
  const supported = textsOf(document, "token_endpoint_auth_methods_supported");
  const known = ["client_secret_post", "client_secret_basic", "none"];
  return known.find((method) => supported.includes(method)) ?? null;
}

/** What Gatehouse speaks once it has a key or a certificate, so discovery alone never chooses it. */
const NEEDS_MORE = ["private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"];

function authNotes(document: JsonObject): string[] {
  const supported = textsOf(document, "token_endpoint_auth_methods_supported");
  if (supported.length === 0 || authMethod(document) !== null) return [];
  const listed = supported.slice(0, 5).join(", ");
  return supported.some((method) => NEEDS_MORE.includes(method))
    ? [
        `The provider takes ${listed} at the token endpoint. Choose it as Token endpoint authentication.`,
      ]
    : [
        `The provider takes ${listed} at the token endpoint, which Gatehouse does not speak. Allow POST or Basic for this app.`,
      ];
}

function scopesOf(document: JsonObject): string[] | null {
  const supported = textsOf(document, "scopes_supported");
  if (supported.length === 0) return null;
  return SCOPES.filter((scope) => scope === "openid" || supported.includes(scope));
}

function pkceOf(document: JsonObject): boolean | null {
  const methods = textsOf(document, "code_challenge_methods_supported");
  return methods.length === 0 ? null : methods.includes("S256");
}

const isTrue = (document: JsonObject, name: string): boolean =>
  Object.hasOwn(document, name) && document[name] === true;

function offersOf(document: JsonObject): Offers {
  const aliases = Object.hasOwn(document, "mtls_endpoint_aliases")
    ? document.mtls_endpoint_aliases
    : null;
  return {
    responseTypes: textsOf(document, "response_types_supported"),
    responseModes: textsOf(document, "response_modes_supported"),
    codeChallengeMethods: textsOf(document, "code_challenge_methods_supported"),
    tokenAuthMethods: textsOf(document, "token_endpoint_auth_methods_supported"),
    idTokenEncryptionAlgs: textsOf(document, "id_token_encryption_alg_values_supported"),
    prompts: textsOf(document, "prompt_values_supported"),
    dpopAlgs: textsOf(document, "dpop_signing_alg_values_supported"),
    parUrl: usableUrl(textOf(document, "pushed_authorization_request_endpoint")),
    requiresPar: isTrue(document, "require_pushed_authorization_requests"),
    issParameter: isTrue(document, "authorization_response_iss_parameter_supported"),
    certificateBoundTokens: isTrue(document, "tls_client_certificate_bound_access_tokens"),
    mtlsTokenUrl: isJsonObject(aliases) ? usableUrl(textOf(aliases, "token_endpoint")) : null,
  };
}

/** Filled in where the provider takes nothing else: some publish an address that not every app may use. */
const pushedRequestUrl = (document: JsonObject): string | null =>
  isTrue(document, "require_pushed_authorization_requests")
    ? usableUrl(textOf(document, "pushed_authorization_request_endpoint"))
    : null;

function discoveredIn(document: JsonObject): Discovered {
  const issuer = textOf(document, "issuer");
  const values = {
    issuer: issuer !== null && issuer.length <= LONGEST_URL ? issuer : null,
    ...Object.fromEntries(
      Object.entries(ENDPOINTS).map(([name, key]) => [name, usableUrl(textOf(document, key))]),
    ),
    pkce_enabled: pkceOf(document),
    scopes: scopesOf(document),
    token_auth_method: authMethod(document),
    require_iss: isTrue(document, "authorization_response_iss_parameter_supported") || null,
    par_url: pushedRequestUrl(document),
    ...certificateAddresses(document),
  };
  const found: Discovered = {};
  for (const [name, value] of Object.entries(values)) if (value !== null) found[name] = value;
  return found;
}

function algNotes(algs: readonly string[]): string[] {
  if (algs.length === 0 || algs.some((alg) => ALGORITHMS.some((known) => known === alg))) return [];
  return [
    `The provider signs ID tokens with ${algs.slice(0, 5).join(", ")} only, which Gatehouse does not accept. Choose a signing key (RS256 or ES256) at the provider.`,
  ];
}

function notesOn(document: JsonObject, documentUrl: string, issuerMatches: boolean): string[] {
  const issuer = textOf(document, "issuer");
  const notes: string[] = [];
  if (issuer !== null && !issuerMatches) {
    notes.push(
      `The document names the issuer ${issuer.slice(0, LONGEST_URL)}, which does not fit the address it was read from. Tokens are compared with that issuer, byte for byte.`,
    );
  }
  for (const key of Object.values(ENDPOINTS)) {
    const value = Object.hasOwn(document, key) ? document[key] : undefined;
    if (value === undefined || value === null) continue;
    const url = usableUrl(typeof value === "string" ? value : null);
    if (url === null) notes.push(`${key} is not a usable URL and was left out.`);
    else if (documentUrl.startsWith("https:") && url.startsWith("http:")) {
      notes.push(`${key} starts with http:// although the document came over https://.`);
    }
  }
  return [
    ...notes,
    ...authNotes(document),
    ...algNotes(textsOf(document, "id_token_signing_alg_values_supported")),
  ];
}

/** Reads a discovery document whose every member may be hostile: wrong types count as absent. */
export function readDocument(document: JsonObject, documentUrl: string): DiscoveryReport {
  const discovered = discoveredIn(document);
  const issuer = typeof discovered.issuer === "string" ? discovered.issuer : "";
  const issuerMatches = issuerBelongsTo(issuer, documentUrl);
  const missing = Object.entries({ issuer: "issuer", ...ENDPOINTS })
    .filter(([name, key]) => !(name in discovered) && [...REQUIRED, "issuer"].includes(key))
    .map(([, key]) => key);
  return {
    documentUrl,
    issuer,
    issuerMatches,
    discovered,
    missing,
    scopesSupported: textsOf(document, "scopes_supported"),
    claimsSupported: textsOf(document, "claims_supported"),
    algs: textsOf(document, "id_token_signing_alg_values_supported"),
    offers: offersOf(document),
    notes: notesOn(document, documentUrl, issuerMatches),
    tips: requestNotes(document),
  };
}
