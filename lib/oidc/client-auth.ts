import * as o from "oauth4webapi";
import type { Connection, TokenAuthMethod } from "./schema";

/** Many providers compare Basic credentials as they stand, without the decoding of RFC 6749 §2.3.1. */
const rawBasic =
  (secret: string): o.ClientAuth =>
  (_server, client, _body, headers) => {
    const credentials = Buffer.from(`${client.client_id}:${secret}`).toString("base64");
    headers.set("authorization", `Basic ${credentials}`);
  };

/** How the app proves itself at the Token URL, by default as the login method is set. */
export function clientAuth(
  connection: Connection,
  method: TokenAuthMethod = connection.tokenAuthMethod,
): o.ClientAuth {
  const secret = connection.clientSecret;
  if (method === "none" || !secret) return o.None();
  if (method === "client_secret_basic") return o.ClientSecretBasic(secret);
  return method === "client_secret_basic_raw" ? rawBasic(secret) : o.ClientSecretPost(secret);
}
