import { importJWK } from "jose";
import * as o from "oauth4webapi";
import type { Connection, PrivateJwk, TokenAuthMethod } from "./schema";

/** Many providers compare Basic credentials as they stand, without the decoding of RFC 6749 §2.3.1. */
const rawBasic =
  (secret: string): o.ClientAuth =>
  (_server, client, _body, headers) => {
    const credentials = Buffer.from(`${client.client_id}:${secret}`).toString("base64");
    headers.set("authorization", `Basic ${credentials}`);
  };

const originOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).origin : null);

/**
 * Whom a client assertion is made out to (RFC 7523 §3): by default the Token URL, which OpenID
 * Connect Core §9 names, which is known before the first test, and which most providers ask for.
 * A few take their issuer only, as drafts after RFC 7523 ask; that is a setting. Those drafts guard
 * against a provider that passes an assertion on to another one: here no two login methods share a
 * key, and the issuer is named only to its own origin, so that nobody can have an assertion for one
 * provider sent to another by changing the Token URL.
 */
export function audienceOf({
  assertionAudience,
  issuer,
  tokenUrl,
}: Pick<Connection, "assertionAudience" | "issuer" | "tokenUrl">): string {
  const named = assertionAudience === "issuer" && issuer !== null;
  return named && originOf(issuer) === originOf(tokenUrl) ? issuer : tokenUrl;
}

/** A client assertion (RFC 7523 §2.2): `iss` and `sub` are the App ID, it lives 60 s, its `jti` is new. */
const privateKeyJwt =
  (jwk: PrivateJwk, audience: string): o.ClientAuth =>
  async (server, client, body, headers) => {
    const key = await importJWK(jwk, jwk.alg);
    if (!(key instanceof CryptoKey)) throw new Error("a client key is not an asymmetric key");
    const sign = o.PrivateKeyJwt(jwk.kid === undefined ? key : { key, kid: jwk.kid }, {
      [o.modifyAssertion]: (_header, payload) => {
        payload.aud = audience;
      },
    });
    await sign(server, client, body, headers);
  };

/** How the app proves itself at the Token URL, by default as the login method is set. */
export function clientAuth(
  connection: Connection,
  method: TokenAuthMethod = connection.tokenAuthMethod,
): o.ClientAuth {
  const { clientSecret: secret, clientKey } = connection;
  if (method === "private_key_jwt" && clientKey) {
    return privateKeyJwt(clientKey, audienceOf(connection));
  }
  if (method === "tls_client_auth") return o.TlsClientAuth();
  if (method === "none" || !secret) return o.None();
  if (method === "client_secret_basic") return o.ClientSecretBasic(secret);
  return method === "client_secret_basic_raw" ? rawBasic(secret) : o.ClientSecretPost(secret);
}
