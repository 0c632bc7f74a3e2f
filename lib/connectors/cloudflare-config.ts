import type { Connector } from "./definition";

const CLIENT = ["client_id"];
const CLAIMS = ["claims", "email_claim_name"];

/**
 * Keys of `config` that Cloudflare's API documents for each of its types (SDK 7.3 and Terraform
 * provider 5), without the secrets. Whatever else a login method holds is Gatehouse's own.
 */
const KEYS: Record<Connector["type"], readonly string[]> = {
  oidc: [...CLIENT, "auth_url", "token_url", "certs_url", "pkce_enabled", "scopes", ...CLAIMS],
  okta: [...CLIENT, "okta_account", "authorization_server_id", "pkce_enabled", ...CLAIMS],
  azureAD: [
    ...CLIENT,
    "directory_id",
    "support_groups",
    "conditional_access_enabled",
    "prompt",
    "pkce_enabled",
    ...CLAIMS,
  ],
  google: [...CLIENT, "pkce_enabled", ...CLAIMS],
  "google-apps": [...CLIENT, "apps_domain", "prompt", "use_login_hint", "pkce_enabled", ...CLAIMS],
  github: CLIENT,
  onelogin: [...CLIENT, "onelogin_account", "pkce_enabled", ...CLAIMS],
  pingone: [...CLIENT, "ping_env_id", "pkce_enabled", ...CLAIMS],
};

/** Secrets that Cloudflare's API takes, by its names. */
export const CLOUDFLARE_SECRETS = ["client_secret"] as const;

export const isCloudflareKey = ({ type }: Connector, name: string): boolean =>
  KEYS[type].includes(name);
