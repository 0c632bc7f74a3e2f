import type { TokenAuthMethod } from "./schema";

/** As the form has them. */
export const AUTH_METHOD_LABELS: Record<TokenAuthMethod, string> = {
  client_secret_post: "POST",
  client_secret_basic: "Basic",
  client_secret_basic_raw: "Basic without encoding",
  private_key_jwt: "Private key (JWT)",
  tls_client_auth: "Client certificate (mTLS)",
  none: "None",
};
