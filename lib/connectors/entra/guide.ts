import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Register an application",
    body: "In the Microsoft Entra admin center (entra.microsoft.com), go to App registrations and select New registration. Give it a name. For supported account types, choose the accounts of this organization only, unless people of other tenants are to sign in.",
  },
  {
    title: "Enter the redirect URI",
    body: "On the same page, under Redirect URI, choose the platform Web and paste this address. It must match exactly: no slash at the end. Select Register.",
    copy: "callbackUrl",
  },
  {
    title: "Copy the two IDs",
    body: "In the Overview of the registration, copy Application (client) ID (it goes into App ID) and Directory (tenant) ID.",
  },
  {
    title: "Create a client secret",
    body: "Under Certificates & secrets > Client secrets, select New client secret, choose when it expires, and copy its Value at once. It is shown only now, and the Secret ID beside it is something else.",
    warning:
      "The secret expires after at most two years, and nobody can sign in from then on. Put the date into a calendar, and make the next one before it.",
  },
  {
    title: "Send the email address",
    body: "Under Token configuration, select Add optional claim, choose ID, tick email, and select Add. Entra ID sends no address of its members otherwise. If it asks, turn on the Microsoft Graph email permission.",
    warning:
      "Do not use preferred_username or upn as email instead: both can be changed, and nobody has verified them.",
  },
  {
    title: "Send groups (optional)",
    body: "Under Token configuration, select Add groups claim. Groups assigned to the application is the best choice: a token holds at most 200 groups, and with more it holds none. Groups arrive as object IDs, and policies match those.",
  },
  {
    title: "Send app roles (optional)",
    body: "Roles that you make under App roles and assign under Enterprise applications > Users and groups come in this claim. Add it to OIDC Claims. They have readable names, and no limit of 200.",
    value: "roles",
  },
  {
    title: "Several tenants (optional)",
    body: "With common or organizations as Directory (tenant) ID, enter the ID of each tenant whose people may sign in under Allowed tenants, and add the optional claim xms_edov beside email: it says that the tenant owns the domain of the address.",
    value: "xms_edov",
  },
  {
    title: "Decide who may sign in",
    body: "Under Enterprise applications > your application > Properties, turn on Assignment required, and assign people or groups under Users and groups. Otherwise everyone in the tenant, guests included, may sign in.",
  },
  {
    title: "Users and groups by SCIM (optional)",
    body: "Turn on Enable SCIM here and save. SCIM needs an enterprise application of its own, not from the gallery. Under Provisioning, enter the SCIM Endpoint as Tenant URL and the SCIM Secret as Secret token, and select Test Connection. Entra ID sends assigned groups only, and no groups inside groups.",
  },
  {
    title: "Save and test",
    body: "Select Save and test, and sign in as one of your users. To tell people apart even when their address changes, add oid to OIDC Claims.",
    value: "oid",
  },
];
