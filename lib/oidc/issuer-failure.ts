import { factsOf, ProtocolFailure } from "./failure";
import { type JsonObject, textOf } from "./parse-json";

const VERSION = /\/v\d+(?:\.\d+)?\/?$/i;
const GUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

function difference(a: string, b: string): string | null {
  if (a.replace(/\/$/, "") === b.replace(/\/$/, "")) return "Only the slash at the end differs.";
  if (a.toLowerCase() === b.toLowerCase()) return "Only upper and lower case differ.";
  const scheme = /^https?:/;
  return a.replace(scheme, "") === b.replace(scheme, "") ? "Only http and https differ." : null;
}

const idsIn = (issuer: string): string[] =>
  (issuer.match(GUID) ?? []).map((id) => id.toLowerCase());

/** By what the two issuers look like: providers with tenants put the tenant's ID into theirs. */
function codeFor(token: string, expected: string) {
  if (/\{[a-z]+\}/i.test(expected)) return "issuer_template";
  const [there, here] = [idsIn(token), idsIn(expected)];
  if (there.length !== 1 || here.length !== 1) return "iss_mismatch";
  const versions = [token, expected].filter((issuer) => VERSION.test(issuer)).length;
  if (there[0] === here[0]) return versions === 1 ? "issuer_version" : "iss_mismatch";
  // Everything else equal, only the tenant is another one.
  return token.replace(GUID, "") === expected.replace(GUID, "") ? "issuer_tenant" : "iss_mismatch";
}

/** `named` is the issuer that the callback stated (RFC 9207). The token's signature has held. */
export function issuerFailure(
  claims: JsonObject,
  expected: string,
  named: string | null,
): ProtocolFailure {
  const token = textOf(claims, "iss") ?? "";
  return new ProtocolFailure(
    codeFor(token, expected),
    factsOf({
      "Issuer in the token": token,
      "Expected issuer": expected,
      "Issuer in the answer": named,
      "What differs": difference(token, expected),
    }),
  );
}
