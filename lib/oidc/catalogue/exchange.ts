import { rows } from "./row";

const field = "token_url";
const title = "Token URL did not answer as expected";

export const exchangeRows = rows({
  invalid_client: {
    title: "App ID or Client secret was not accepted",
    cause:
      "The provider refused the credentials of this app, sent as {Token endpoint authentication|configured}.",
    fixes: [
      "Copy the Client secret from your provider again, without spaces, and replace the saved one.",
      "Compare the App ID letter for letter.",
      "Try another Token endpoint authentication: POST, Basic, or Basic without encoding.",
    ],
    field: "client_secret",
  },
  invalid_client_method: {
    title: "App ID or Client secret was not accepted",
    cause:
      "The provider refused them sent as {Token endpoint authentication|configured}, and accepts them sent as {Accepted as|another way}.",
    fixes: [
      "Set Token endpoint authentication to {Accepted as|the other way}: App ID and Client secret are right.",
      "Save and test again.",
    ],
    field: "token_auth_method",
  },
  pkce_refused: {
    title: "Provider refused PKCE",
    cause:
      "The provider refused the request because of its PKCE parameters: {Error description|no reason was given}.",
    fixes: [
      "Allow the PKCE method S256 for this app at the provider, if it can.",
      "If it does not support PKCE at all, turn off Proof Key for Code Exchange (PKCE).",
    ],
    field: "pkce_enabled",
  },
  invalid_grant: {
    title: "The sign-in code was refused",
    cause:
      "The provider took the app but not the code (invalid_grant): {Error description|no reason was given}.",
    fixes: [
      "Test again: a code works once, and only for a minute or so.",
      "Check that the Callback URL registered at the provider is {Callback URL|the one of this installation}, letter for letter.",
      "Check that Auth URL and Token URL belong to the same app, realm or authorization server.",
    ],
    field,
  },
  invalid_grant_redirect: {
    title: "The sign-in code was refused",
    cause: "The provider says that the redirect URI does not match.",
    fixes: [
      "Register this Callback URL at the provider, letter for letter and without a slash at the end: {Callback URL|see Settings > Custom Pages}.",
      "If a proxy stands before Gatehouse, check that GATEHOUSE_URL and AUTH_DOMAIN hold the public address.",
    ],
  },
  invalid_grant_pkce: {
    title: "The sign-in code was refused",
    cause: "The provider says that the PKCE proof does not match.",
    fixes: [
      "Check that the provider supports the PKCE method S256 for this app.",
      "If it does not support PKCE at all, turn off Proof Key for Code Exchange (PKCE).",
    ],
    field: "pkce_enabled",
  },
  token_error: {
    title: "The provider refused to issue tokens",
    cause: "The Token URL answered {Error|with an error}: {Error description|no reason was given}.",
    fixes: ["Look this error up in the provider's documentation, and in its own log."],
    field,
  },
  token_not_found: {
    title,
    cause: "It answered {HTTP status|404}: the provider has no token endpoint at this address.",
    fixes: [
      "Copy the token_endpoint from the provider's discovery document.",
      "Try the URL with a slash at the end, or without it: authentik needs one.",
    ],
    field,
  },
  token_redirect: {
    title,
    cause:
      "It redirects to {Location|another address}; a sign-in code is never sent after a redirect.",
    fixes: [
      "Use the address that it redirects to, if it is your provider's.",
      "Often only a slash at the end (authentik) or https:// is missing.",
    ],
    field,
  },
  token_rate_limited: {
    title: "Token URL is asked too often",
    cause: "It answered {HTTP status|429}; the provider allows more in {Allowed again in|a while}.",
    fixes: [
      "Test again after that.",
      "If it happens often, look which other programs ask this provider from the same address.",
    ],
    field,
  },
  token_blocked_by_check: {
    title,
    cause:
      "A bot check or firewall answered in place of the provider ({HTTP status|a page}, {Sign of a bot check|a challenge}).",
    fixes: [
      "In the firewall or CDN before the provider, let the Gatehouse server reach the Token URL and the Certificate URL without a challenge.",
      "Compare the address that the provider's log shows for this request with that of the Gatehouse server.",
    ],
    field,
  },
  token_content_type: {
    title: "Token URL names its answer wrongly",
    cause: "The answer is JSON, and its content type says {Content type|something else}.",
    fixes: [
      "Nothing has to be done for Gatehouse; other programs may refuse such an answer (RFC 6749 §5.1).",
    ],
    field,
    note: true,
  },
  token_server_error: {
    title,
    cause: "It answered {HTTP status|with a server error}: the fault is on the provider's side.",
    fixes: ["Look into the provider's own log.", "Test again when it answers."],
    field,
  },
  token_status: {
    title,
    cause: "It answered {HTTP status|with an unexpected status} without an OAuth error.",
    fixes: [
      "Check that the URL is the token_endpoint of the discovery document.",
      "Check that no firewall, bot check or sign-in page stands before it.",
    ],
    field,
  },
  token_html: {
    title,
    cause: "It answered with a web page ({HTTP status|HTML}) instead of tokens.",
    fixes: [
      "Copy the token_endpoint from the provider's discovery document; the Auth URL is not the Token URL.",
      "If the URL is right, a bot check or a sign-in page stands before it: let the Gatehouse server through.",
    ],
    field,
  },
  token_not_json: {
    title,
    cause: "Its answer is not JSON ({Content type|of an unknown kind}).",
    fixes: ["Check that the URL is the token_endpoint of the discovery document."],
    field,
  },
  token_bad_json: {
    title,
    cause: "Its answer starts like JSON but cannot be read: it is cut off or damaged.",
    fixes: [
      "Test again.",
      "Check for a proxy between Gatehouse and the provider that cuts answers off.",
    ],
    field,
  },
  token_incomplete: {
    title,
    cause: "Its answer lacks {Missing|a required part} (RFC 6749 §5.1).",
    fixes: [
      "Check that the URL is the token_endpoint of the discovery document.",
      "Check that the app at the provider uses bearer tokens.",
    ],
    field,
  },
  no_id_token: {
    title: "Sign-in succeeded but no ID token came back",
    cause: "The provider sent an access token alone, as plain OAuth 2 does.",
    fixes: [
      "Add the scope openid, and allow it for the app at the provider.",
      "Check that the provider supports OpenID Connect, and that the app is of that kind.",
    ],
    field: "scopes",
  },
});
