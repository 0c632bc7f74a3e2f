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
 * against a provider that passes an assertion on to another one. Here no two login methods share a
 * key, and an assertion that goes to another origin is made out to its address there: nobody can
 * have one for their provider sent elsewhere by changing an address.
 */
export function audienceOf(
  { assertionAudience, issuer, tokenUrl }: Connection,
  sentTo: string = tokenUrl,
): string {
  const isThere = (url: string) => originOf(url) === originOf(sentTo);
  if (assertionAudience === "issuer" && issuer !== null && isThere(issuer)) return issuer;
  return isThere(tokenUrl) ? tokenUrl : sentTo;
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

/** How the app proves itself at an endpoint, by default as the login method is set. */
export function clientAuth(
  connection: Connection,
  method: TokenAuthMethod = connection.tokenAuthMethod,
  sentTo: string = connection.tokenUrl,
): o.ClientAuth {
  const { clientSecret: secret, clientKey } = connection;
  if (method === "private_key_jwt" && clientKey) {
    return privateKeyJwt(clientKey, audienceOf(connection, sentTo));
  }
  if (method === "tls_client_auth") return o.TlsClientAuth();
  if (method === "none" || !secret) return o.None();
  if (method === "client_secret_basic") return o.ClientSecretBasic(secret);
  return method === "client_secret_basic_raw" ? rawBasic(secret) : o.ClientSecretPost(secret);
}
