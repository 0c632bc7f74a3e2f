import { rows } from "./row";

const par = "par_url";
const parTitle = "The pushed authorization request was not taken";
const turnOff =
  "If this app does not need pushed requests, empty Pushed authorization request URL: the browser then carries the request itself.";

/** Pushed requests (RFC 9126), bound tokens (RFC 9449), and the age of the sign-in. */
export const requestRows = rows({
  par_refused: {
    title: parTitle,
    cause: "The provider answered {Error|with an error}: {Error description|no reason was given}.",
    fixes: ["Look this error up in the provider's documentation, and in its own log.", turnOff],
    field: par,
  },
  par_redirect_uri: {
    title: "The Callback URL is not registered at the provider",
    cause:
      "The provider refused the request for its redirect URI: {Error description|no reason was given}.",
    fixes: [
      "Register this Callback URL at the provider, letter for letter and without a slash at the end: {Callback URL|see Settings > Custom Pages}.",
      "If a proxy stands before Gatehouse, check that GATEHOUSE_URL and AUTH_DOMAIN hold the public address.",
    ],
  },
  par_html: {
    title: parTitle,
    cause: "The address answered with a web page ({HTTP status|HTML}).",
    fixes: [
      "Copy the pushed_authorization_request_endpoint from the provider's discovery document; it is not the Auth URL.",
      turnOff,
    ],
    field: par,
  },
  par_redirect: {
    title: parTitle,
    cause:
      "The address redirects to {Location|another one}; credentials are never sent after a redirect.",
    fixes: ["Use the address that it redirects to, if it is your provider's.", turnOff],
    field: par,
  },
  par_not_found: {
    title: parTitle,
    cause: "It answered {HTTP status|404}: the provider takes no pushed requests at this address.",
    fixes: [
      "Copy the pushed_authorization_request_endpoint from the provider's discovery document.",
      turnOff,
    ],
    field: par,
  },
  par_status: {
    title: parTitle,
    cause: "It answered {HTTP status|with an unexpected status} without an OAuth error.",
    fixes: ["Look into the provider's own log.", turnOff],
    field: par,
  },
  par_incomplete: {
    title: parTitle,
    cause: "The answer ({Content type|of an unknown kind}) has no request_uri (RFC 9126 §2.2).",
    fixes: [
      "Check that the URL is the pushed_authorization_request_endpoint of the discovery document.",
      turnOff,
    ],
    field: par,
  },
  par_required: {
    title: "The provider takes pushed authorization requests only",
    cause:
      "It refused the request that the browser brought: {Error description|no reason was given}.",
    fixes: [
      "Enter the pushed_authorization_request_endpoint of the provider's discovery document as Pushed authorization request URL.",
    ],
    field: par,
  },
  dpop_required: {
    title: "The provider wants tokens to be bound (DPoP)",
    cause:
      "It refused to issue tokens without a proof of a key: {Error description|no reason was given}.",
    fixes: ["Turn on Bind tokens to this server (DPoP)."],
    field: "dpop",
  },
  dpop_refused: {
    title: "The DPoP proof was refused",
    cause:
      "The provider answered {Error|invalid_dpop_proof}: {Error description|no reason was given}.",
    fixes: [
      "Check the clocks of both servers: a proof is good for a minute or so.",
      "Check that Token URL is the address that the provider knows itself by: the proof names it, letter for letter.",
      "Check that the provider takes proofs signed with ES256 (dpop_signing_alg_values_supported).",
    ],
    field: "dpop",
  },
  dpop_nonce: {
    title: "The DPoP proof was refused",
    cause: "The provider asked for a nonce in the proof, and asked again when it was there.",
    fixes: [
      "Test again.",
      "If several servers stand behind the Token URL, check that they share their DPoP nonces.",
    ],
    field: "dpop",
  },
  dpop_bearer: {
    title: "The tokens are not bound",
    cause:
      "Gatehouse sent a DPoP proof, and the provider answered with an ordinary token ({Token type|Bearer}).",
    fixes: [
      "Turn DPoP on for this app at the provider, if it supports it.",
      "If it does not, turn off Bind tokens to this server (DPoP): it protects nothing here.",
    ],
    field: "dpop",
  },
  certificate_ends: {
    title: "A certificate of this login method ends soon",
    cause: "{Certificate|One of its certificates} is valid until {Valid until|a day that is near}.",
    fixes: [
      "Paste its successor into Certificate authorities or Client certificate before that day; an old and a new authority may stand there together.",
    ],
    field: "tls_ca",
  },
  auth_time_missing: {
    title: "The provider does not say when the person signed in",
    cause:
      "A Maximum age of the sign-in ({Maximum age|set}) was asked for, and the ID token has no auth_time.",
    fixes: [
      "Let the provider put auth_time into the ID token; OpenID Connect Core §3.1.2.1 asks for it.",
      "If it cannot, empty Maximum age of the sign-in, and set Prompt to login instead.",
    ],
    field: "max_age",
  },
  auth_time_old: {
    title: "The sign-in at the provider is too old",
    cause:
      "The person signed in {Signed in|too long ago}, and {Maximum age|less} is allowed: the provider did not ask again.",
    fixes: [
      "Check that the provider honours max_age for this app.",
      "Set Prompt to login, so that it asks every time.",
      "Allow more time in Maximum age of the sign-in.",
    ],
    field: "max_age",
  },
  auth_time_future: {
    title: "The provider says that the person signed in in the future",
    cause: "auth_time ({auth_time|the time of the sign-in}) is {Signed in|in the future}.",
    fixes: [
      "Check the clocks of both servers.",
      "Check that the provider writes auth_time in seconds, not in milliseconds.",
    ],
    field: "max_age",
  },
});
