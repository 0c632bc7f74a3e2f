import type { DiscoveryReport } from "../discovery-schema";
import type { Connection, TokenAuthMethod } from "../schema";
import type { Difference } from "./schema";

const ENDPOINTS = [
  ["auth_url", "Auth URL", "authUrl"],
  ["token_url", "Token URL", "tokenUrl"],
  ["certs_url", "Certificate URL", "certsUrl"],
  ["userinfo_url", "User info URL", "userinfoUrl"],
] as const;

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

function issuerDifference({ issuer, issuerTemplate }: Connection, report: DiscoveryReport) {
  const published = report.issuer;
  if (published === "" || published === issuer || published === issuerTemplate?.template) return [];
  const severe = issuer !== null;
  return [
    { name: "issuer", label: "Issuer", current: issuer, published, adopt: published, severe },
  ];
}

/** Clients with a certificate may have a host of their own (RFC 8705 §5). */
function isForCertificates(
  { tokenAuthMethod }: Connection,
  { offers }: DiscoveryReport,
  current: string,
): boolean {
  const { mtlsTokenUrl } = offers;
  if (tokenAuthMethod !== "tls_client_auth" || mtlsTokenUrl === null) return false;
  return hostOf(current) === hostOf(mtlsTokenUrl);
}

function endpointDifferences(connection: Connection, report: DiscoveryReport): Difference[] {
  return ENDPOINTS.flatMap(([name, label, member]) => {
    const current = connection[member];
    const published = report.discovered[name];
    if (typeof published !== "string" || current === null || current === published) return [];
    if (isForCertificates(connection, report, current)) return [];
    const severe = name === "certs_url" && hostOf(current) !== hostOf(published);
    return [{ name, label, current, published, adopt: published, severe }];
  });
}

/** By the names of RFC 8414 §2 and RFC 8705 §2. */
const REGISTERED: Record<TokenAuthMethod, readonly string[]> = {
  client_secret_post: ["client_secret_post"],
  client_secret_basic: ["client_secret_basic"],
  client_secret_basic_raw: ["client_secret_basic"],
  private_key_jwt: ["private_key_jwt"],
  tls_client_auth: ["tls_client_auth", "self_signed_tls_client_auth"],
  none: ["none"],
};

function methodDifference(connection: Connection, { discovered, offers }: DiscoveryReport) {
  const published = offers.tokenAuthMethods;
  const current = connection.tokenAuthMethod;
  if (published.length === 0 || REGISTERED[current].some((name) => published.includes(name))) {
    return [];
  }
  const found = discovered.token_auth_method;
  const adopt = typeof found === "string" && found !== "none" ? found : null;
  const label = "Token endpoint authentication";
  return [{ name: "token_auth_method", label, current, published, adopt, severe: false }];
}

function pkceDifference(connection: Connection, { discovered }: DiscoveryReport): Difference[] {
  const published = discovered.pkce_enabled;
  if (typeof published !== "boolean" || published === connection.pkce) return [];
  // A list without S256 is no reason to go without: most providers ignore what they do not know.
  const adopt = published ? true : null;
  const label = "Proof Key for Code Exchange (PKCE)";
  return [
    { name: "pkce_enabled", label, current: connection.pkce, published, adopt, severe: false },
  ];
}

function scopeDifference({ scopes }: Connection, { scopesSupported }: DiscoveryReport) {
  const known = (scope: string) => scope === "openid" || scopesSupported.includes(scope);
  if (scopesSupported.length === 0 || scopes.every(known)) return [];
  const published = scopes.filter(known);
  const severe = false;
  return [
    { name: "scopes", label: "Scopes", current: scopes, published, adopt: published, severe },
  ];
}

function parDifference(connection: Connection, report: DiscoveryReport): Difference[] {
  const { parUrl } = connection;
  const published = report.offers.parUrl;
  if (!parUrl && !report.offers.requiresPar) return [];
  if (published === null || published === parUrl) return [];
  if (parUrl && isForCertificates(connection, report, parUrl)) return [];
  const label = "Pushed authorization request URL";
  const current = parUrl ?? null;
  return [{ name: "par_url", label, current, published, adopt: published, severe: false }];
}

/** Demanded, and no longer promised: every sign-in would fail (RFC 9207 §2.4). */
function issParameterDifference({ requireIss }: Connection, { offers }: DiscoveryReport) {
  if (!requireIss || offers.issParameter) return [];
  const difference = { name: "require_iss", current: true, published: false, adopt: false };
  return [{ ...difference, label: "Require issuer in the answer", severe: false }];
}

/**
 * Every setting of a connection that its provider's discovery document contradicts. What the
 * document leaves out, and what is merely offered, is no difference.
 */
export const differencesFrom = (connection: Connection, report: DiscoveryReport): Difference[] => [
  ...issuerDifference(connection, report),
  ...endpointDifferences(connection, report),
  ...pkceDifference(connection, report),
  ...scopeDifference(connection, report),
  ...methodDifference(connection, report),
  ...parDifference(connection, report),
  ...issParameterDifference(connection, report),
];
