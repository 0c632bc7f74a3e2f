import type { Advice } from "@/lib/oidc/diagnose";

const SIGNING_KEY =
  "In authentik, open the provider and select a Signing Key: without one, authentik signs with the client secret and publishes no key.";
const SLASH =
  "Every endpoint of authentik ends with a slash; without it, authentik answers with a redirect or a page.";
const SLUG =
  "Compare the slug: it belongs to the application (Applications > your application), not to the provider.";

export const advice: Advice = {
  no_callback: [
    "authentik's page Redirect URI Error means: open the provider, and enter this Callback URL under Redirect URIs as Strict, without a slash at the end.",
    "Its page Permission denied means that a policy binding of the application keeps this user out.",
  ],
  access_denied: [
    "In authentik, open Applications > your application > Policy / Group / User Bindings, and let this user in.",
  ],
  alg_symmetric: [SIGNING_KEY],
  jwks_empty: [SIGNING_KEY],
  jwks_not_found: [SLUG, SLASH],
  jwks_redirect: [SLASH],
  token_not_found: [SLASH],
  token_redirect: [SLASH],
  token_html: [SLASH],
  userinfo_status: [SLASH],
  id_token_encrypted: [
    "In authentik, open the provider and clear Encryption Key, or give it the public key that Gatehouse makes.",
  ],
  invalid_client: [
    "In authentik, open the provider: Client type has to be Confidential; copy Client ID and Client Secret again.",
  ],
  invalid_grant: [
    "authentik's sign-in codes live for one minute by default (Access code validity of the provider).",
  ],
  iss_mismatch: [
    "In authentik, the provider's Issuer mode decides: each provider has its own issuer, with the slug and a slash at the end, or all share the server's address.",
  ],
  email_unverified: [
    "authentik calls every email address unverified unless a scope mapping says otherwise (since 2025.10): make a scope mapping for email that sets email_verified, if you vouch for the addresses.",
  ],
  no_email: [
    "In authentik, check that the user has an email address, and that the provider has the scope mapping for email.",
  ],
  claims_missing: [
    "In authentik, check the provider's scope mappings, and keep Include claims in id_token on.",
  ],
  groups_missing: [
    "authentik sends groups with the scope profile: keep it among the Scopes, and its scope mapping in the provider.",
    "Keep Include claims in id_token on in the provider.",
  ],
};
