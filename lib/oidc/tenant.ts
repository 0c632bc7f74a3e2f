import type { FoundClaim } from "./claim-lookup";
import { findClaim } from "./claim-lookup";
import { factsOf, ProtocolFailure } from "./failure";
import { type JsonObject, textOf } from "./parse-json";
import type { Connection, Fact } from "./schema";

const PLACE = "{tenantid}";
const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * The issuer that a token must name, byte for byte. Where the provider has one for each tenant, that
 * of the token's own `tid`, which must be among the tenants that are let in. With no issuer
 * configured it is the token's own. Throws ProtocolFailure `tenant_missing` or `tenant_not_allowed`;
 * the signature must have been verified.
 * https://learn.microsoft.com/entra/identity-platform/access-tokens#multitenant-applications
 */
export function expectedIssuer({ issuer, issuerTemplate }: Connection, claims: JsonObject): string {
  if (!issuerTemplate) return issuer ?? textOf(claims, "iss") ?? "not known";
  const { template, tenants } = issuerTemplate;
  const tenant = textOf(claims, "tid");
  if (tenant === null || !GUID.test(tenant)) throw new ProtocolFailure("tenant_missing");
  if (!tenants.includes(tenant)) {
    throw new ProtocolFailure(
      "tenant_not_allowed",
      factsOf({ "Tenant in the token": tenant, "Allowed tenants": tenants.join(", ") }),
    );
  }
  // Once, and never as a pattern: what replaces the place is not read again.
  return template.replace(PLACE, () => tenant);
}

/** Refuses an account whose ID token lacks a claim that this connection requires, exactly. */
export function checkRequiredClaims({ requiredClaims = [] }: Connection, claims: JsonObject): void {
  for (const { name, value } of requiredClaims) {
    const found = Object.hasOwn(claims, name) ? claims[name] : null;
    if (found === value) continue;
    throw new ProtocolFailure(
      "claim_not_as_required",
      factsOf({
        Claim: name,
        "Required value": value,
        "Value in the token": typeof found === "string" ? found : null,
      }),
    );
  }
}

const isTrue = (value: unknown): boolean =>
  value === true || value === 1 || value === "1" || value === "true";

/**
 * Why an address does not count although it came: people of several tenants can sign in, and the
 * provider does not say that the tenant owns its domain. Null when it counts, or there is none.
 */
export function unprovenEmail(
  { emailProof }: Connection,
  claims: readonly FoundClaim[],
  email: { source: FoundClaim["source"]; claim: string } | null,
): { code: "email_unproven"; facts: Fact[] } | null {
  if (!emailProof || !email) return null;
  const proof = findClaim(claims, emailProof);
  // The proof speaks of the email claim beside it, and of no other.
  if (proof && isTrue(proof.value) && proof.source === email.source && email.claim === "email") {
    return null;
  }
  const facts = factsOf({
    Claim: emailProof,
    "Value in the token": proof ? String(proof.value) : null,
    "Email claim name": email.claim,
  });
  return { code: "email_unproven", facts };
}
