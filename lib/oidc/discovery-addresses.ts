const OPENID = "/.well-known/openid-configuration";
const OAUTH = "/.well-known/oauth-authorization-server";

const address = (url: URL, path: string): string => `${url.origin}${path}${url.search}`;

/**
 * Where the discovery document of a typed address may be, most likely first: as typed when it names a
 * well-known path; then behind the address (OpenID Connect Discovery §4), with and without a slash at
 * the end; then between host and path (RFC 8414 §3.1); at last the address itself.
 */
export function discoveryAddresses(typed: URL): string[] {
  const path = typed.pathname.replace(/\/+$/, "");
  const itself = address(typed, typed.pathname);
  if (path.includes("/.well-known/")) return [...new Set([itself, address(typed, path)])];
  return [
    ...new Set([
      address(typed, `${path}${OPENID}`),
      address(typed, `${path}${OPENID}/`),
      address(typed, `${OAUTH}${path}`),
      address(typed, `${OPENID}${path}`),
      itself,
    ]),
  ];
}

/** Whether the document of an issuer may stand at an address; the issuer is compared byte for byte. */
export function issuerBelongsTo(issuer: string, documentUrl: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { origin, pathname } = new URL(issuer);
  if (!issuer.startsWith(origin)) return false;
  const path = pathname.replace(/\/+$/, "");
  const base = issuer.replace(/\/+$/, "");
  const [document = ""] = documentUrl.split("?");
  return [`${base}${OPENID}`, `${origin}${OAUTH}${path}`, `${origin}${OPENID}${path}`].includes(
    document.replace(/\/+$/, ""),
  );
}
