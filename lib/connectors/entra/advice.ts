import type { Advice } from "@/lib/oidc/diagnose";

const REGISTRATION = "In the Microsoft Entra admin center, open App registrations > your app";

export const advice: Advice = {
  no_callback: [
    "AADSTS50011 on Microsoft's page means that the redirect URI is not registered: add it under Authentication, platform Web.",
    "AADSTS700016 means that the App ID is not known in this tenant; AADSTS50105 that the user is not assigned to the app; AADSTS65001 that an admin has to consent.",
  ],
  invalid_client: [
    `${REGISTRATION} > Certificates & secrets: has the secret expired (AADSTS7000222)? Make a new one.`,
    "Copy the Value of the secret, not the Secret ID (AADSTS7000215).",
  ],
  access_denied: [
    "Under Enterprise applications > your app > Users and groups, assign the user, or grant admin consent under Permissions.",
  ],
  no_email: [
    `${REGISTRATION} > Token configuration > Add optional claim > ID > email. Entra ID sends the address of members only then.`,
    "Check that the user has an address: the field Email in their profile may be empty.",
    "Do not fall back to preferred_username or upn if you can avoid it: both can be changed, and nobody has verified them.",
  ],
  email_unproven: [
    `${REGISTRATION} > Token configuration > Add optional claim > ID > xms_edov.`,
    "Let the tenant of the user verify the domain of the address, or enter its ID as Directory (tenant) ID of a login method of its own.",
  ],
  tenant_not_allowed: [
    "The tenant ID is in the Overview of the user's own Entra ID. Guests come with the tenant that they are invited to.",
  ],
  issuer_tenant: [
    "To let in people of several tenants, enter organizations as Directory (tenant) ID, and the ID of each under Allowed tenants.",
  ],
  iss_mismatch: [
    "An issuer names the tenant by its ID: compare Directory (tenant) ID with that of the token.",
  ],
  groups_overage: [
    `${REGISTRATION} > Token configuration > groups: choose Groups assigned to the application, and assign only those that policies use.`,
    "Or use app roles: they come in the claim roles, whatever the number of groups.",
  ],
  groups_missing: [
    `${REGISTRATION} > Token configuration > Add groups claim, and tick Group ID for the ID token.`,
  ],
  claims_missing: [
    `For groups: ${REGISTRATION.replace("In the", "in the")} > Token configuration > Add groups claim. They arrive as object IDs.`,
    "For roles: make them under App roles, and assign them under Enterprise applications > your app > Users and groups.",
    "For anything else: add it under Token configuration > Add optional claim > ID, or as attribute mapping.",
  ],
};
