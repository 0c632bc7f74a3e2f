const BEARER = /^bearer +/i;

/**
 * The secret in an `Authorization` header: `Bearer <secret>` (RFC 6750 §2.1, the scheme in any case),
 * or the bare secret, as Okta's header-auth app sends it. Null when there is none.
 */
export function presentedSecret(header: string | null): string | null {
  const secret = header?.trim().replace(BEARER, "").trim() ?? "";
  return secret === "" || /\s/.test(secret) || secret.length > 500 ? null : secret;
}
