import type { Discovered } from "@/lib/connectors/definition";
import { isJsonObject, type JsonObject, textOf, textsOf } from "./parse-json";
import { usableUrl } from "./usable-url";

/** Addresses by config key that a client with a certificate uses (RFC 8705 §5). */
const ALIASES = {
  token_url: "token_endpoint",
  userinfo_url: "userinfo_endpoint",
  par_url: "pushed_authorization_request_endpoint",
} as const;
const LABELS: Record<string, string> = {
  token_url: "Token URL",
  userinfo_url: "User info URL",
  par_url: "Pushed authorization request URL",
};

function aliasesIn(document: JsonObject): [name: string, url: string][] {
  const aliases = Object.hasOwn(document, "mtls_endpoint_aliases")
    ? document.mtls_endpoint_aliases
    : null;
  if (!isJsonObject(aliases)) return [];
  return Object.entries(ALIASES).flatMap(([name, key]) => {
    const url = usableUrl(textOf(aliases, key));
    return url === null ? [] : [[name, url] as [string, string]];
  });
}

const byCertificate = (method: string): boolean => /^(self_signed_)?tls_client_auth$/.test(method);

/** Whether the provider knows its clients by their certificates and by nothing else. */
function wantsCertificate(document: JsonObject): boolean {
  const methods = textsOf(document, "token_endpoint_auth_methods_supported");
  return methods.length > 0 && methods.every(byCertificate);
}

/** The addresses for a client certificate, where there is no other way to prove the app. */
export const certificateAddresses = (document: JsonObject): Discovered =>
  wantsCertificate(document) ? Object.fromEntries(aliasesIn(document)) : {};

/** What to know of pushed requests, bound tokens and client certificates, as sentences. */
export function requestNotes(document: JsonObject): string[] {
  const notes: string[] = [];
  if (document.require_pushed_authorization_requests === true) {
    notes.push(
      "The provider takes pushed authorization requests only: leave Pushed authorization request URL filled in.",
    );
  } else {
    const url = usableUrl(textOf(document, "pushed_authorization_request_endpoint"));
    if (url) {
      notes.push(
        `The provider takes pushed authorization requests: enter ${url} as Pushed authorization request URL, under Advanced, if this app may use it.`,
      );
    }
  }
  const proofs = textsOf(document, "dpop_signing_alg_values_supported");
  if (proofs.includes("ES256")) {
    notes.push(
      "The provider can bind tokens to a key (DPoP). Turn on Bind tokens to this server (DPoP), under Advanced, if it does so for this app.",
    );
  }
  const methods = textsOf(document, "token_endpoint_auth_methods_supported");
  const aliases = aliasesIn(document);
  if (aliases.length > 0 && methods.some(byCertificate) && !wantsCertificate(document)) {
    const addresses = aliases.map(([name, url]) => `${LABELS[name]} ${url}`).join(", ");
    notes.push(`With a client certificate, this provider has other addresses: ${addresses}.`);
  }
  return notes;
}
