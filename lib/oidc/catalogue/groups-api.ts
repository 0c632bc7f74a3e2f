import { rows } from "./row";

/** Follows each cause: without the API, the person has what came with the sign-in. */
export const GROUPS_INSTEAD = "Groups used instead: {Groups used|those of the ID token}.";

const title = "Groups API did not answer as expected";
const field = "api_token";

export const groupsApiRows = rows({
  groups_api_token: {
    title: "API token was not accepted",
    cause: `The groups API refused the API token: {Error|it gave no reason}. ${GROUPS_INSTEAD}`,
    fixes: [
      "Create a new API token at the provider, and replace the saved one.",
      "Check that the token was made in the same organisation as this app, and that it has not expired: Okta ends a token that was not used for 30 days.",
      "If the token is bound to certain networks, add the address of the Gatehouse server to them.",
    ],
    field,
  },
  groups_api_forbidden: {
    title: "API token may not read groups",
    cause: `The groups API answered {HTTP status|403}: {Error|it gave no reason}. ${GROUPS_INSTEAD}`,
    fixes: [
      "Create the API token as an administrator who may read users and groups; a read-only administrator is enough.",
      "Check that no firewall and no threat protection of the provider blocks the Gatehouse server.",
    ],
    field,
  },
  groups_api_no_user: {
    title: "Groups API does not know this user",
    cause: `It has no user with the sub of the ID token: {Error|it gave no reason}. ${GROUPS_INSTEAD}`,
    fixes: [
      "Check that the API token was made in the same organisation in which the user signed in.",
      "Check that the provider sends its own user ID as sub, and not a value of your choice.",
    ],
    field,
  },
  groups_api_rate_limited: {
    title: "Groups API is asked too often",
    cause: `The provider limits requests, and allows more in {Allowed again in|a minute or so}. ${GROUPS_INSTEAD}`,
    fixes: [
      "Test again after that.",
      "If it happens often, see which other programs use the provider's API with tokens of their own.",
    ],
  },
  groups_api_next_page: {
    title: "Groups API named a next page that was not read",
    cause: `Its next page is {Next page|elsewhere}, and Gatehouse sends the API token only to {Groups API|the address of the first}. ${GROUPS_INSTEAD}`,
    fixes: [
      "If the provider has several domains, enter the account URL by which it names itself.",
      "Check for a proxy between Gatehouse and the provider that rewrites addresses.",
    ],
    field: "okta_account",
  },
  groups_api_status: {
    title,
    cause: `It answered {HTTP status|with an unexpected status}: {Error|it gave no reason}. ${GROUPS_INSTEAD}`,
    fixes: [
      "Check that the account URL is the address of the provider itself, and not of a proxy or a sign-in page.",
      "Look into the provider's own log.",
    ],
    field: "okta_account",
  },
  groups_api_not_json: {
    title,
    cause: `Its answer is not a JSON list ({Content type|of an unknown kind}). ${GROUPS_INSTEAD}`,
    fixes: [
      "Check that the account URL is the address of the provider itself, and not of a proxy or a sign-in page.",
    ],
    field: "okta_account",
  },
  groups_api_too_many: {
    title: "Groups may be missing",
    cause:
      "The groups API has more groups than Gatehouse reads; the first {Groups|4,000} were kept.",
    fixes: [
      "Give this person fewer groups, or match them in policies by something other than groups.",
    ],
  },
});
