import { rows } from "./row";

export const idTokenRows = rows({
  id_token_malformed: {
    title: "The ID token cannot be read",
    cause:
      "What the provider sent as ID token is not a signed JSON Web Token: {Reason|its form is wrong}.",
    fixes: ["Test again.", "If it stays so, the fault is on the provider's side."],
    field: "token_url",
  },
  id_token_encrypted: {
    title: "The ID token is encrypted",
    cause:
      "It has five parts (JWE: {Encrypted with|unknown algorithms}), and this login method has no key that fits it.",
    fixes: [
      "Make a decryption key under Encrypted ID tokens, and give your provider its public key or the address of the key set.",
      "Or turn off ID token encryption for this app at the provider. Signed tokens over TLS are safe without it.",
    ],
    field: "decryption_key",
  },
  alg_none: {
    title: "Unsupported signature",
    cause: 'The ID token is not signed at all (alg "none"), so anyone could have written it.',
    fixes: ["Choose a signing key for this app at the provider, with RS256 or ES256."],
  },
  alg_symmetric: {
    title: "Unsupported signature",
    cause:
      "The ID token is signed with {Algorithm|HS256}, that is with the Client secret; the Certificate URL cannot confirm it.",
    fixes: [
      "Choose an asymmetric signing algorithm for this app at the provider, RS256 or ES256.",
      "In authentik: edit the provider and select a Signing Key.",
      "If the provider cannot sign otherwise, turn on Accept HS256 in Advanced: whoever knows the Client secret can then make ID tokens.",
    ],
    field: "accept_hs256",
  },
  hs256_keys_published: {
    title: "Unsupported signature",
    cause:
      "The ID token is signed with the Client secret (HS256), although the provider publishes signing keys.",
    fixes: [
      "Choose a signing algorithm for this app at the provider that uses its keys, RS256 or ES256, and turn off Accept HS256.",
      "Gatehouse accepts HS256 only from a provider without keys: with keys, such a token may be a forgery.",
    ],
    field: "accept_hs256",
  },
  hs256_short_secret: {
    title: "The Client secret is too short to sign with",
    cause: "Signatures with HS256 need a secret of 32 characters or more (RFC 7518 §3.2).",
    fixes: [
      "Make a longer Client secret at the provider, and replace the saved one.",
      "Or choose a signing key for this app at the provider, with RS256 or ES256.",
    ],
    field: "client_secret",
  },
  hs256_bad_signature: {
    title: "The signature of the ID token is wrong",
    cause: "It is signed with another secret (HS256) than the Client secret that is saved.",
    fixes: [
      "Copy the Client secret from your provider again, and replace the saved one.",
      "If it is right, someone between Gatehouse and the provider changed the token: do not enable this login method.",
    ],
    field: "client_secret",
  },
  alg_unsupported: {
    title: "Unsupported signature",
    cause: "The ID token is signed with {Algorithm|an algorithm} that Gatehouse does not accept.",
    fixes: [
      "Choose one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512 or EdDSA at the provider.",
    ],
  },
  crit_header: {
    title: "The ID token needs an extension that Gatehouse does not know",
    cause: "Its header lists critical extensions (crit), and none is supported.",
    fixes: ["Turn the extension off for this app at the provider."],
  },
  sub_missing: {
    title: "The ID token names no user",
    cause: 'It lacks the claim "sub", by which Gatehouse knows a person again.',
    fixes: [
      "Check the claim mappings of the app at the provider: sub has to stay, and has to hold a value.",
      "In Keycloak, the client scope basic brings it.",
    ],
  },
  claim_twice: {
    title: "A claim stands twice in the ID token",
    cause:
      'The claim "{Claim|in question}" comes twice, so that two programs may read two values (RFC 7519 §4).',
    fixes: [
      "Check the claim mappings of the app at the provider: two of them write the same claim.",
    ],
  },
  at_hash_mismatch: {
    title: "The access token is not the one that was issued",
    cause:
      "The ID token names another access token (at_hash) than the one that came with it, as if one of them were exchanged on the way.",
    fixes: [
      "Test again.",
      "Check that nothing between Gatehouse and the provider rewrites answers of the Token URL.",
      "If it stays so, do not enable this login method before the provider's maker has explained it.",
    ],
    field: "token_url",
  },
  claim_missing: {
    title: "The ID token is incomplete",
    cause: 'It lacks the claim "{Claim|that is required}", which every ID token has to have.',
    fixes: [
      "Check the app's token settings and claim mappings at the provider.",
      "If nothing there removes the claim, the provider breaks OpenID Connect Core §2.",
    ],
  },
  claim_type: {
    title: "A claim of the ID token has the wrong type",
    cause:
      'The claim "{Claim|in question}" is not of the type that OpenID Connect Core §2 prescribes.',
    fixes: ["Check the claim mappings of the app at the provider."],
  },
  iss_mismatch: {
    title: "Issuer differs",
    cause:
      "The token comes from {Issuer in the token|another issuer}; expected was {Expected issuer|another}. {What differs|}",
    fixes: [
      "If {Issuer in the token|the issuer in the token} is your provider, use it as Issuer, letter for letter.",
      "Check that Token URL and Certificate URL belong to the same app, realm or authorization server.",
    ],
    field: "issuer",
  },
  issuer_template: {
    title: "Issuer differs",
    cause:
      "{Expected issuer|The saved issuer} holds a placeholder for the tenant; this token comes from {Issuer in the token|a tenant of its own}.",
    fixes: [
      "Use the endpoints and the issuer of your own tenant, with its ID in place of the placeholder.",
      "With endpoints for all tenants (common), anyone with an account there can sign in: use them only if that is meant.",
    ],
    field: "issuer",
  },
  issuer_version: {
    title: "Issuer differs",
    cause:
      "Endpoints of two versions are mixed: the token comes from {Issuer in the token|one version}, expected was {Expected issuer|another}.",
    fixes: [
      "Take Auth URL, Token URL, Certificate URL and Issuer from one discovery document; in Microsoft Entra ID from that of version 2.0.",
      "If the app at the provider asks for tokens of version 1 (requestedAccessTokenVersion), set it to 2.",
    ],
    field: "issuer",
  },
  issuer_tenant: {
    title: "Issuer differs",
    cause:
      "The user belongs to another tenant: the token comes from {Issuer in the token|another issuer}, expected was {Expected issuer|that of your tenant}.",
    fixes: [
      "Sign in with an account of your own tenant.",
      "Let the app at the provider accept accounts of your own tenant only.",
    ],
    field: "issuer",
  },
  azp_mismatch: {
    title: "Token is for another app",
    cause:
      "It is made out to several apps ({Audience|this one among them}), and it was asked for by {Authorized party (azp)|an app that it does not name}.",
    fixes: [
      "Let the provider leave out audiences other than the App ID, or send azp with the App ID.",
      "Compare the App ID with the client ID at the provider, letter for letter.",
    ],
    field: "client_id",
  },
  aud_mismatch: {
    title: "Token is for another app",
    cause:
      "The token is made out to {Audience|another app}, not to the App ID {App ID|of this login method}.",
    fixes: [
      "Compare the App ID with the client ID at the provider, letter for letter.",
      "If the provider adds audiences of its own, remove them or let it send azp with the App ID.",
    ],
    field: "client_id",
  },
  expired: {
    title: "Clocks differ by {Difference|some time}",
    cause: "The ID token had expired when it arrived (exp).",
    fixes: [
      "Synchronise the clocks of the provider and of the Gatehouse server (NTP).",
      "If the provider issues tokens for only a few seconds, lengthen that, or raise Clock tolerance.",
    ],
    field: "clock_tolerance",
  },
  not_yet_valid: {
    title: "Clocks differ by {Difference|some time}",
    cause: "The ID token is not valid yet (nbf).",
    fixes: [
      "Synchronise the clocks of the provider and of the Gatehouse server (NTP).",
      "For a difference that stays, raise Clock tolerance.",
    ],
    field: "clock_tolerance",
  },
  iat_future: {
    title: "Clocks differ by {Difference|some time}",
    cause: "The ID token was issued in the future (iat), seen from the Gatehouse server.",
    fixes: [
      "Synchronise the clocks of the provider and of the Gatehouse server (NTP) before sign-ins begin to fail.",
    ],
    field: "clock_tolerance",
  },
  clock_skew: {
    title: "Clocks differ by {Difference|some time}",
    cause:
      "The provider's clock (the Date of its answer) and that of the Gatehouse server differ by more than Clock tolerance; this sign-in passed all the same.",
    fixes: [
      "Synchronise the clocks of the provider and of the Gatehouse server (NTP) before sign-ins begin to fail.",
    ],
    field: "clock_tolerance",
  },
  nonce_mismatch: {
    title: "Session lost on the way",
    cause:
      "The ID token answers another sign-in (its nonce differs): an old answer, or a replayed one.",
    fixes: ["Close other tabs of this test and start it again."],
  },
  nonce_missing: {
    title: "The ID token does not name this sign-in",
    cause: "The provider left out the nonce that it was sent, so an old token could be replayed.",
    fixes: [
      "Check the claim mappings of the app at the provider.",
      "A provider that never returns the nonce breaks OpenID Connect Core §3.1.2.1.",
    ],
  },
});
