import type { Connection, Outcome } from "@/lib/oidc/schema";

/**
 * Whether it is known whose tokens to trust: an issuer that was configured, discovered or pinned, or
 * the pattern of a provider's tenants. A provider without ID tokens is known by its addresses.
 */
export const knowsIssuer = ({ issuer, issuerTemplate, personApi }: Connection): boolean =>
  Boolean(issuer ?? issuerTemplate ?? personApi);

/**
 * Who vouches for the person of a passed round trip: `iss` of the verified ID token, which with
 * several tenants names the person's own; without ID tokens the origin of the provider's sign-in page.
 */
export function issuerOf(connection: Connection, { claims }: Outcome): string {
  if (connection.personApi) return new URL(connection.authUrl).origin;
  const iss = claims?.idTokenPayload?.iss;
  if (typeof iss !== "string") throw new Error("a passed round trip without an issuer");
  return iss;
}
