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
    cause: "The provider has too many groups for one token and sent a link instead of the list.",
    fixes: ["Limit the groups claim at the provider to the groups that are assigned to this app."],
    field: "claims",
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
