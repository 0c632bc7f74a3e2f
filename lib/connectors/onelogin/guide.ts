import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Add an application",
    body: "In the OneLogin administration, go to Applications > Applications and select Add App. Search for OIDC and choose OpenId Connect (OIDC) by OneLogin, Inc. Give it a name and select Save.",
  },
  {
    title: "Enter the redirect URI",
    body: "Under Configuration, paste this address into Redirect URI's, and select Save. It must match exactly: no slash at the end.",
    copy: "callbackUrl",
  },
  {
    title: "Choose who may sign in",
    body: "Under Access, choose the roles that may use the application, and select Save.",
  },
  {
    title: "Copy the App ID and the client secret",
    body: "Under SSO, copy Client ID (it goes into App ID), select Show client secret and copy it. Leave Application Type at Web, and the Authentication Method of the Token Endpoint at Basic.",
  },
  {
    title: "Send groups (optional)",
    body: "Under Parameters, select Groups and choose what it holds, such as User Roles. It comes with the scope groups.",
    value: "groups",
  },
  {
    title: "Users and groups by SCIM (optional)",
    body: "Turn on Enable SCIM here and save. SCIM needs a second application in OneLogin: SCIM Provisioner with SAML (SCIM v2 Core). Under Configuration, enter the SCIM Endpoint as SCIM Base URL and the SCIM Secret as SCIM Bearer Token, and select Enable. Under Parameters, set scimusername to Email, and tick Include in User Provisioning in Groups. Under Provisioning, tick Enable provisioning. People come by the roles under Access, groups by Rules.",
  },
  {
    title: "Save and test",
    body: "Enter the address of your account, select Save and test, and sign in as one of your users.",
  },
];
