import { rows } from "./row";

/** Rules on whose account may come in, beyond those of OpenID Connect. */
export const tenantRows = rows({
  tenant_missing: {
    title: "The ID token names no tenant",
    cause:
      'The issuer is one for each tenant, and the claim "tid" that tells which one is missing or is not an ID.',
    fixes: [
      "Check that the Certificate URL and the Token URL are those of version 2.0 of the provider.",
      "Enter the ID of one tenant as Directory (tenant) ID, if people of one tenant sign in only.",
    ],
    field: "directory_id",
  },
  tenant_not_allowed: {
    title: "This account is of another tenant",
    cause:
      "It belongs to the tenant {Tenant in the token|that the token names}, which is not among those that may come in: {Allowed tenants|none}.",
    fixes: [
      "If people of {Tenant in the token|this tenant} are meant to sign in, add it to Allowed tenants.",
      "If not, this refusal is right: nothing has to be changed.",
    ],
    field: "allowed_tenants",
  },
  claim_not_as_required: {
    title: "This account is not of {Required value|the right organization}",
    cause:
      'The ID token must hold the claim "{Claim|in question}" with {Required value|a certain value}; it holds {Value in the token|none}.',
    fixes: [
      "Sign in with another account.",
      "If this account should be let in, change the setting.",
    ],
    field: "apps_domain",
  },
  email_unproven: {
    title: "Nobody vouches for this email address",
    cause:
      'People of several tenants can sign in, and an admin of any of them can write any address into an account. The claim "{Claim|that proves it}" must be true for the address to count; it is {Value in the token|missing}.',
    fixes: [
      "Let the provider send that claim in the ID token, beside the email.",
      "Or let in one tenant alone, whose admins you trust.",
    ],
    field: "directory_id",
  },
  groups_missing: {
    title: "Groups are missing",
    cause: "This login method expects groups, and neither the ID token nor user info has any.",
    fixes: [
      "Check whether the user is in a group at all.",
      "Let the provider send groups to this app: often a groups claim, a filter or a mapper has to be set there.",
      "If the claim has another name, save that name among the OIDC Claims.",
      "If no groups are needed, stop expecting them: remove groups from the OIDC Claims, or turn off Support groups.",
    ],
    field: "claims",
  },
});
