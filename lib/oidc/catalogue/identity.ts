import { rows } from "./row";

const WITHOUT_IT =
  "Or let the provider put the email and the saved claims into the ID token, so that user info is not needed.";

export const identityRows = rows({
  no_email: {
    title: "No email in the answer",
    cause: 'No email address came in the claim "{Email claim name|email}".',
    fixes: [
      "Use {Suggested claim} as Email claim name: it holds an address.",
      "The provider spells it {Other spelling}: write Email claim name the same way.",
      "Add the scope email, and let the app read email addresses at the provider.",
      "The User info URL is {User info URL}: set it if the provider keeps addresses out of the ID token.",
      "Check that the user has an email address at the provider.",
    ],
    field: "email_claim_name",
  },
  email_invalid: {
    title: "The email claim holds no address",
    cause: 'The claim "{Email claim name|email}" came, but its value is not one email address.',
    fixes: [
      "Use {Suggested claim} as Email claim name: it holds an address.",
      "Check what the provider puts into this claim for the user.",
    ],
    field: "email_claim_name",
  },
  email_fallback: {
    title: 'The email came from "email" instead',
    cause:
      'No address came in the claim "{Email claim name|that is configured}", so "email" was used.',
    fixes: [
      "The provider spells it {Other spelling}: write Email claim name the same way.",
      "Set Email claim name to email, or let the provider send the claim.",
    ],
    field: "email_claim_name",
  },
  email_unverified: {
    title: "The provider has not verified this email",
    cause: "It says so itself (email_verified is false): the user may have typed any address.",
    fixes: [
      "Let the provider verify addresses, or make sure that users cannot change their own.",
      "In authentik, email_verified is false by default since 2025.10: set it in the email scope mapping if you vouch for the addresses.",
    ],
  },
  claims_disappeared: {
    title: "Claims that came before are gone",
    cause: "Earlier tests that passed brought {Gone|claims} and this one did not.",
    fixes: [
      "If another user signed in this time, look whether this user has a value for them at the provider.",
      "If it was the same user, look for a change of the scopes, claim mappings or groups of this app at the provider.",
    ],
    field: "claims",
  },
  claims_missing: {
    title: "Saved claims did not come",
    cause: "Missing: {Missing|some of the OIDC Claims}.",
    fixes: [
      "Let the provider add them to the ID token.",
      "The User info URL is {User info URL}: set it if the provider gives them there.",
      "Compare the names letter for letter: Groups and groups are two claims.",
      "Check whether a scope has to be asked for.",
    ],
    field: "claims",
  },
  groups_overage: {
    title: "Groups are missing",
    cause:
      "The user is in more groups than fit into one token, so the provider left the list out: {Instead of the groups came|it sent a reference instead}.",
    fixes: [
      "Limit the groups claim at the provider to the groups that are assigned to this app, and assign only those that policies use.",
      "Or let the provider send roles of this app: they come whatever the number of groups.",
    ],
    field: "claims",
  },
  groups_ids: {
    title: "Groups came as IDs, not as names",
    cause:
      "Each of the {Groups|} groups is an ID such as {Example|a GUID}, and a policy matches what came.",
    fixes: [
      "Match the IDs in policies; they stay the same when a group is renamed.",
      "Or let the provider send names: as app roles, or as group names where it offers them for the token.",
    ],
    field: "claims",
    note: true,
  },
  groups_paths: {
    title: "Groups came as full paths",
    cause:
      "Each of the {Groups|} groups is a path such as {Example|/parent/child}, and a policy matches the whole of it.",
    fixes: [
      "Match the whole path in policies, with its slash in front.",
      "Or turn off full group paths in the provider's group mapping, where names alone are unique.",
    ],
    field: "claims",
    note: true,
  },
  groups_limit: {
    title: "Groups may be missing",
    cause: "Exactly {Groups|100} groups came, which is where providers such as Okta cut the list.",
    fixes: [
      "Narrow the groups claim filter at the provider to the groups that matter here.",
      "If the provider is Okta, add it as Okta with an API token: Gatehouse then reads all groups.",
    ],
    field: "api_token",
  },
  userinfo_refused: {
    title: "User info was refused",
    cause: "The User info URL answered {HTTP status|401} to the access token.",
    fixes: [
      "Check that the User info URL belongs to the same provider and server as the Token URL.",
      "Check that the scope openid is allowed for this app.",
      WITHOUT_IT,
    ],
    field: "userinfo_url",
  },
  userinfo_server_error: {
    title: "User info URL did not answer as expected",
    cause: "It answered {HTTP status|with a server error}: the fault is on the provider's side.",
    fixes: ["Look into the provider's own log.", "Test again when it answers.", WITHOUT_IT],
    field: "userinfo_url",
  },
  userinfo_rate_limited: {
    title: "User info URL is asked too often",
    cause: "It answered {HTTP status|429}; the provider allows more in {Allowed again in|a while}.",
    fixes: ["Test again after that.", WITHOUT_IT],
    field: "userinfo_url",
  },
  userinfo_blocked_by_check: {
    title: "A bot check stands before the User info URL",
    cause:
      "It answered {HTTP status|with a page} that is meant for a browser ({Sign of a bot check|a challenge}).",
    fixes: [
      "In the firewall or CDN before the provider, let the Gatehouse server through without a challenge.",
      WITHOUT_IT,
    ],
    field: "userinfo_url",
  },
  userinfo_status: {
    title: "User info URL did not answer as expected",
    cause: "It answered {HTTP status|with an unexpected status}.",
    fixes: [
      "Copy the userinfo_endpoint from the provider's discovery document.",
      "Check the slash at the end: authentik needs one.",
      WITHOUT_IT,
    ],
    field: "userinfo_url",
  },
  userinfo_not_json: {
    title: "User info URL did not answer as expected",
    cause: "Its answer is not a JSON object with claims.",
    fixes: ["Copy the userinfo_endpoint from the provider's discovery document.", WITHOUT_IT],
    field: "userinfo_url",
  },
  userinfo_bad_jwt: {
    title: "User info could not be verified",
    cause: "It came as a token of its own, and that token is encrypted, forged or for another app.",
    fixes: ["Let the provider answer user info as plain JSON for this app.", WITHOUT_IT],
    field: "userinfo_url",
  },
  userinfo_sub_mismatch: {
    title: "User info is about someone else",
    cause: "Its sub differs from that of the ID token, so it was ignored.",
    fixes: [
      "Check that the User info URL belongs to the same app and server as the Token URL.",
      "Check that the provider uses one kind of subject for both.",
      WITHOUT_IT,
    ],
    field: "userinfo_url",
  },
});
