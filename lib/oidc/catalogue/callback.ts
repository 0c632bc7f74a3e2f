import { rows } from "./row";

export const callbackRows = rows({
  no_callback: {
    title: "You did not come back",
    cause:
      "Your provider never sent the browser back to Gatehouse. It most likely showed an error of its own.",
    fixes: [
      "Register this Callback URL at your provider, letter for letter and without a slash at the end: {Callback URL|see Settings > Custom Pages}.",
      "If the provider said that the client is unknown, compare the App ID.",
      "If it said that you have no access, assign your user to the app.",
      "If the page was blank or never loaded, check the Auth URL.",
    ],
    field: "auth_url",
  },
  cancelled: {
    title: "The test was cancelled",
    cause: "It was stopped before your provider answered.",
    fixes: ["Start the test again when you are ready."],
  },
  state_unknown: {
    title: "This sign-in is not one that Gatehouse is waiting for",
    cause: "The answer belongs to a test that is over, was used already, or was never begun here.",
    fixes: ["Close this tab and start the test again from the login method."],
  },
  browser_mismatch: {
    title: "Session lost on the way",
    cause: "The answer arrived in another browser than the one that began, or without its cookie.",
    fixes: [
      "Begin and finish the test in the same browser, not in a private window for one half.",
      "Open the console at the address that it is configured for, so that the cookie fits the callback's host.",
      "Allow cookies for the team domain.",
    ],
  },
  state_missing: {
    title: "Session lost on the way",
    cause: 'Your provider sent no "state" back, so the answer cannot be matched to this test.',
    fixes: [
      "Check that nothing between the browser and Gatehouse drops parts of the URL.",
      "Check that the Auth URL is the authorization endpoint of an OpenID Connect provider.",
    ],
    field: "auth_url",
  },
  state_mismatch: {
    title: "Session lost on the way",
    cause:
      'The "state" that came back is not the one that was sent: an old tab, or a forged answer.',
    fixes: ["Close other tabs of this test and start it again."],
  },
  callback_duplicate: {
    title: "The answer of the provider is ambiguous",
    cause: "The parameter {Parameter|of the answer} came more than once.",
    fixes: [
      "Check that the Callback URL registered at the provider has no parameters of its own.",
      "If it has none, the provider's answer breaks the standard (RFC 6749 §3.1).",
    ],
  },
  response_mode: {
    title: "The provider answered in a form that Gatehouse does not read",
    cause: "It sent {Found|something} where a sign-in code belongs.",
    fixes: [
      "Set the app at your provider to the authorization code flow, with the response mode query.",
      "Remove response_type and response_mode from the Auth URL.",
    ],
    field: "auth_url",
  },
  callback_iss_mismatch: {
    title: "Another provider answered",
    cause:
      "The answer says that it comes from {Issuer in the answer|another issuer}; expected was {Expected issuer|the issuer of this login method}.",
    fixes: [
      "Compare the Issuer letter for letter; a slash at the end matters.",
      "If you did not choose that provider, someone mixed up two sign-ins: do not enable this login method.",
    ],
    field: "issuer",
  },
  callback_iss_missing: {
    title: "The answer does not say who it comes from",
    cause:
      'The provider promises to name itself in every answer (RFC 9207), and this one has no "iss".',
    fixes: [
      "Check that nothing between the browser and Gatehouse drops parts of the URL.",
      "If the provider no longer sends it, turn off Require issuer in the answer.",
      "If you did not choose that provider, someone mixed up two sign-ins: do not enable this login method.",
    ],
    field: "require_iss",
  },
  no_code: {
    title: "The answer holds no sign-in code",
    cause: "The provider came back without a code and without an error.",
    fixes: [
      "Set the app at your provider to the authorization code flow.",
      "Do not open the Callback URL by hand; start the test from the login method.",
    ],
    field: "auth_url",
  },
  access_denied: {
    title: "Your provider refused this user",
    cause: "The provider knows the user but did not let them in (access_denied).",
    fixes: [
      "Assign the user or one of their groups to this app at your provider.",
      "If the sign-in or the second factor was cancelled, test again and finish it.",
    ],
  },
  invalid_scope: {
    title: "A scope is not allowed",
    cause: "The provider refused one of the scopes: {Scopes|those that were asked for}.",
    fixes: [
      "Remove the scope that the provider does not know; openid has to stay.",
      "Or allow the scope for this app at the provider.",
    ],
    field: "scopes",
  },
  pkce_required: {
    title: "Provider requires PKCE",
    cause:
      "The provider refused the request because it had no code_challenge, or one of a kind it does not take.",
    fixes: [
      "Turn on Proof Key for Code Exchange (PKCE) and test again.",
      "If it is on already, allow the method S256 at the provider.",
    ],
    field: "pkce_enabled",
  },
  invalid_request: {
    title: "The provider did not understand the request",
    cause: "It answered invalid_request: {Error description|without a reason}.",
    fixes: [
      "Compare the Auth URL with the authorization_endpoint of the discovery document.",
      "Check that openid is among the scopes, and that the provider supports the Prompt you chose.",
    ],
    field: "auth_url",
  },
  unauthorized_client: {
    title: "This app may not sign people in",
    cause: "The provider refused the app itself (unauthorized_client).",
    fixes: [
      "Enable the authorization code grant for the app at your provider.",
      "Check that the App ID belongs to an OpenID Connect web application that is active.",
    ],
    field: "client_id",
  },
  unsupported_response_type: {
    title: "The provider does not offer the authorization code flow",
    cause: "It refused response_type=code.",
    fixes: [
      "Enable the authorization code flow (response type code) for this app at your provider.",
      "Remove response_type from the Auth URL, if it stands there.",
    ],
    field: "auth_url",
  },
  groups_too_many: {
    title: "Groups are missing",
    cause:
      "The user is in more groups than the provider puts into a token, so it refused the sign-in: {Error description|no more was said}.",
    fixes: [
      "Let the groups claim at the provider match fewer groups: those that your policies use.",
      "Or remove the scope groups here, and sign people in without their groups.",
    ],
    field: "scopes",
  },
  login_required: {
    title: "The provider wanted to ask the user something",
    cause:
      "It may not show a page because of the Prompt setting, and it had to ({Error|login_required}).",
    fixes: ["Set Prompt to its default, and test again."],
    field: "prompt",
  },
  provider_error: {
    title: "Your provider has a problem of its own",
    cause: "It came back with {Error|an error}: {Error description|without a reason}.",
    fixes: ["Look into the provider's own log.", "Test again in a few minutes."],
  },
  callback_error: {
    title: "Your provider came back with an error",
    cause: "It sent {Error|an error}: {Error description|without a reason}.",
    fixes: ["Look this error up in the provider's documentation, and in its own log."],
  },
  callback_error_unverified: {
    title: "Your provider came back with an error",
    cause:
      "It sent {Error|an error} without the state, so Gatehouse cannot tell who sent it: {Error description|no reason was given}.",
    fixes: [
      "Compare App ID, scopes and Callback URL with what is registered at the provider.",
      "Look into the provider's own log.",
    ],
    field: "client_id",
  },
});
