import { rows } from "./row";

/** Follows each cause that leaves a person without groups. */
const WITHOUT = "Sign-in works, without these groups.";
const title = "The provider's API did not answer as expected";

/** Plain OAuth 2.0: the person is read from the provider's API (decision 0008). */
export const personRows = rows({
  bad_verification_code: {
    title: "The sign-in code was refused",
    cause: "The provider says that the code is incorrect or expired: {Error description|no more}.",
    fixes: [
      "Test again: a code works once, and for ten minutes at most.",
      "Check that Auth URL and Token URL belong to the same server.",
      "Check that no other copy of this app used the code first.",
    ],
    field: "client_id",
  },
  redirect_uri_mismatch: {
    title: "The Callback URL is not the one that is registered",
    cause: "The provider compared the redirect URI with that of the app, and refused it.",
    fixes: [
      "Register this Callback URL at the provider, letter for letter and without a slash at the end: {Callback URL|see Settings > Custom Pages}.",
      "If a proxy stands before Gatehouse, check that GATEHOUSE_URL and AUTH_DOMAIN hold the public address.",
    ],
  },
  app_suspended: {
    title: "The provider has suspended this app",
    cause: "Nobody can sign in through it until the provider lifts that.",
    fixes: ["Ask the provider's support, or register a new app there."],
    field: "client_id",
  },
  person_refused: {
    title: "The access token was not accepted",
    cause:
      "{Address|The API} answered {HTTP status|401} to the token that came from the Token URL.",
    fixes: [
      "Test again: the user may have revoked the app in the same moment.",
      "Check that the API belongs to the same server as the Token URL.",
    ],
  },
  person_no_scope: {
    title: "The app may not read email addresses",
    cause:
      "The scope {Scope needed|for email addresses} was not granted; granted were: {Scopes granted|none}.",
    fixes: [
      "Let the user revoke the app at the provider and sign in again, so that they are asked for everything.",
      "If the app is of another kind (a GitHub App), let it read email addresses under its account permissions, or register an OAuth app.",
    ],
  },
  person_status: {
    title,
    cause:
      "{Address|An address of it} answered {HTTP status|with an unexpected status}: {Error|it gave no reason}.",
    fixes: [
      "Check that the address of the provider is that of the server itself, and not of a proxy or a sign-in page.",
      "Look at the provider's status page, and test again.",
    ],
  },
  person_not_json: {
    title,
    cause:
      "{Address|An address of it} did not answer with the JSON that its documentation promises ({Content type|of an unknown kind}).",
    fixes: [
      "Check that the address of the provider is that of the server itself, and not of a proxy or a sign-in page.",
    ],
  },
  person_no_subject: {
    title: "The provider did not say who signed in",
    cause:
      'The profile has no usable "{Member|id}", the one value that never changes for a person.',
    fixes: ["Check that the address of the provider is that of the server itself."],
  },
  no_verified_email: {
    title: "This account has no verified primary email address",
    cause:
      "Anyone can write any address into an account: only the primary address counts, and only once the provider has verified it. {Addresses|}",
    fixes: ["Let the user verify their primary email address at the provider, then sign in again."],
  },
  person_rate_limited: {
    title: "The provider's API is asked too often",
    cause: "It limits requests, and allows more in {Allowed again in|a while}.",
    fixes: [
      "Test again after that.",
      "If it happens often, see which other programs use the API with this user's tokens.",
    ],
  },
  person_groups_scope: {
    title: "Groups are missing: the app may not read them",
    cause: `The scope {Scope needed|for groups} was not granted. ${WITHOUT}`,
    fixes: [
      "Let the user revoke the app at the provider and sign in again, so that they are asked for everything.",
      "Or turn off Support groups.",
    ],
    field: "support_groups",
  },
  person_groups_sso: {
    title: "Groups may be missing: an organization wants its own sign-in first",
    cause: "Organizations that enforce SAML single sign-on left themselves out of the answer.",
    fixes: [
      "Let the user sign in to their organization through its single sign-on in the same browser, then test again.",
      "If it stays so, let an owner of the organization approve the app.",
    ],
    field: "support_groups",
  },
  person_groups_failed: {
    title: "Groups could not be read",
    cause: `{Address|The API} answered {HTTP status|in an unexpected way}: {Error|it gave no reason}. ${WITHOUT}`,
    fixes: ["Test again.", "If it stays so, look at the provider's status page."],
    field: "support_groups",
  },
  person_groups_next_page: {
    title: "Groups may be missing: a next page was not read",
    cause:
      "The next page is {Next page|elsewhere}, and the access token is sent only to {Address|the address of the first}.",
    fixes: [
      "If the provider has several domains, enter the one by which it names itself.",
      "Check for a proxy between Gatehouse and the provider that rewrites addresses.",
    ],
  },
  person_groups_too_many: {
    title: "Groups may be missing",
    cause: "There are more groups than Gatehouse reads; the first {Groups|4,000} were kept.",
    fixes: [
      "Give this person fewer groups, or match them in policies by something other than groups.",
    ],
  },
});
