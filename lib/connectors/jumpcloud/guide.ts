import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Add an application",
    body: "In the JumpCloud Admin Portal, go to SSO Applications and select Add New Application. Choose Custom Application, then Manage Single Sign-On (SSO) and Configure SSO with OIDC.",
  },
  {
    title: "Enter the redirect URI",
    body: "In the SSO tab, paste this address into Redirect URIs. It must match exactly: no slash at the end.",
    copy: "callbackUrl",
  },
  {
    title: "Choose the client authentication",
    body: "Set Client Authentication Type to Client Secret POST. As Login URL, JumpCloud accepts this address.",
    copy: "teamDomain",
  },
  {
    title: "Send the email and the groups",
    body: "Under Attribute Mapping, tick Email and Profile as Standard Scopes. For groups, turn on Include group attribute with this name.",
    value: "groups",
  },
  {
    title: "Choose who may sign in",
    body: "In the User Groups tab, choose the groups that may use the application.",
    warning: "Nobody may sign in before a group is chosen.",
  },
  {
    title: "Copy the App ID and the client secret",
    body: "Select Activate. JumpCloud then shows Client ID (it goes into App ID) and Client Secret, once.",
  },
  {
    title: "Users and groups by SCIM (optional)",
    body: "Turn on Enable SCIM here and save. In the same application, under Identity Management, enter the SCIM Endpoint as Base URL and the SCIM Secret as Token Key, and select Activate.",
  },
  {
    title: "Save and test",
    body: "Choose the region, select Save and test, and sign in as a member of one of the groups.",
  },
];
