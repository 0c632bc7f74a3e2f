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
    cause: "It has five parts (JWE); Gatehouse reads signed tokens only.",
    fixes: [
      "Turn off ID token encryption for this app at the provider.",
      "In authentik: clear Encryption Key of the provider.",
    ],
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
    ],
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
