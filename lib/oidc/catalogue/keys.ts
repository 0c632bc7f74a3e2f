import { rows } from "./row";

const field = "certs_url";

export const keyRows = rows({
  jwks_not_found: {
    title: "Nothing is at the Certificate URL",
    cause: "The provider answered {HTTP status|404}: it has no keys at this address.",
    fixes: [
      "Copy the JWKS URL (jwks_uri) from the provider's discovery document.",
      "Check the slug, realm or server ID in the URL, and the slash at its end.",
    ],
    field,
  },
  jwks_server_error: {
    title: "The provider could not serve its keys",
    cause: "The Certificate URL answered {HTTP status|with a server error}.",
    fixes: [
      "Look into the provider's own log; the fault is on its side.",
      "Test again when it answers.",
    ],
    field,
  },
  jwks_status: {
    title: "Certificate URL did not answer as expected",
    cause: "It answered {HTTP status|with an unexpected status}; keys come with 200.",
    fixes: [
      "Check that the URL is the provider's JWKS URL, and that a firewall or bot check does not stand before it.",
    ],
    field,
  },
  jwks_redirect: {
    title: "The Certificate URL leads elsewhere",
    cause: "The provider redirects to {Location|another address}; Gatehouse does not follow.",
    fixes: [
      "If you trust that address, use it as the Certificate URL.",
      "Often only a slash at the end or https:// is missing.",
    ],
    field,
  },
  jwks_html: {
    title: "The Certificate URL is a web page",
    cause: "The server answered with HTML, not with keys.",
    fixes: [
      "Copy the JWKS URL (jwks_uri) from the provider's discovery document.",
      "If the URL is right, a sign-in page or a bot check stands before it: let the Gatehouse server through.",
    ],
    field,
  },
  jwks_not_json: {
    title: "The Certificate URL did not return keys",
    cause: "The answer is not JSON.",
    fixes: [
      "Enter the JWKS URL. A certificate file (PEM) cannot be used in its place.",
      "Copy the JWKS URL (jwks_uri) from the provider's discovery document.",
    ],
    field,
  },
  jwks_is_discovery: {
    title: "The Certificate URL is the discovery document",
    cause: "It names the key address instead of holding the keys.",
    fixes: [
      "Use {jwks_uri} as the Certificate URL.",
      "Or paste this address into Discovery URL, and Gatehouse fills in the rest.",
    ],
    field,
  },
  jwks_not_keys: {
    title: "The Certificate URL did not return keys",
    cause: 'The answer is JSON, but has no list named "keys".',
    fixes: ["Copy the JWKS URL (jwks_uri) from the provider's discovery document."],
    field,
  },
  jwks_certificates: {
    title: "The Certificate URL holds certificates, not keys",
    cause: "The answer has certificates in PEM form; Gatehouse reads keys as JSON (JWKS).",
    fixes: [
      "Copy the JWKS URL (jwks_uri) from the provider's discovery document: most providers have both.",
      "A signing certificate (x5t, x5c) alone cannot be used in its place.",
    ],
    field,
  },
  jwks_rate_limited: {
    title: "Certificate URL is asked too often",
    cause: "It answered {HTTP status|429}; the provider allows more in {Allowed again in|a while}.",
    fixes: [
      "Test again after that.",
      "If it happens often, look which other programs ask this provider from the same address.",
    ],
    field,
  },
  jwks_blocked_by_check: {
    title: "A bot check stands before the Certificate URL",
    cause:
      "It answered {HTTP status|with a page} that is meant for a browser ({Sign of a bot check|a challenge}).",
    fixes: [
      "In the firewall or CDN before the provider, let the Gatehouse server reach the Certificate URL and the Token URL without a challenge.",
    ],
    field,
  },
  jwks_duplicate_ids: {
    title: "Two keys have the same name",
    cause: "The Certificate URL has more than one key named {Key IDs|the same}.",
    fixes: [
      "Let the provider give each key an ID of its own. Gatehouse tries them all; other programs may take the wrong one.",
    ],
    field,
    note: true,
  },
  jwks_empty: {
    title: "This address returned no signing keys",
    cause: "The provider publishes an empty key set, so no signature can be checked.",
    fixes: [
      "Choose a signing key for this app at the provider; without one it signs with the Client secret, which Gatehouse accepts only by choice (Accept HS256 in Advanced).",
      "In authentik: edit the provider and select a Signing Key.",
    ],
    field,
  },
  jwks_no_signing_keys: {
    title: "This address returned no signing keys",
    cause:
      "It has {Keys|only keys} that are not for signing, or of a kind that Gatehouse does not accept.",
    fixes: [
      "Choose a signing key at the provider: RSA (RS or PS), elliptic curve (ES) or Ed25519.",
      "Check that the URL belongs to this app and not to another purpose, such as encryption.",
    ],
    field,
  },
  kid_unknown: {
    title: "Certificate URL has other keys",
    cause:
      "The token names key {Key ID in the token|without a name}; the Certificate URL does not have it.",
    fixes: [
      "Check that the Certificate URL belongs to the same app, realm or authorization server as the Token URL.",
      "Take the Certificate URL from the provider's discovery document.",
      "If the provider has just rotated its keys, test again in a few minutes.",
    ],
    field,
  },
  key_unfit: {
    title: "Certificate URL has other keys",
    cause:
      "No key at the Certificate URL is made for {Algorithm|the algorithm of the token}, with which the token is signed.",
    fixes: [
      "Check that the Certificate URL belongs to the same app, realm or authorization server as the Token URL.",
      "Choose a signing key for this app at the provider that fits its signing algorithm.",
    ],
    field,
  },
  bad_signature: {
    title: "The signature of the ID token is wrong",
    cause: "The keys at the Certificate URL did not sign this token.",
    fixes: [
      "Check that the Certificate URL belongs to the same tenant, app or realm as the Token URL.",
      "If both are right, someone between Gatehouse and the provider changed the token: do not enable this login method.",
    ],
    field,
  },
  bad_key: {
    title: "A key at the Certificate URL cannot be used",
    cause: "The key that fits the token is malformed, or an RSA key shorter than 2048 bits.",
    fixes: ["Make a new signing key at the provider: RSA with 2048 bits or more, or ES256."],
    field,
  },
});
