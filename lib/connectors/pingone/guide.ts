import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Create an application",
    body: "In the PingOne admin console, open your environment, go to Applications > Applications and add one. Choose OIDC Web App.",
  },
  {
    title: "Enter the redirect URI",
    body: "In the Configuration tab, select the pencil and paste this address into Redirect URIs. It must match exactly: no slash at the end.",
    copy: "callbackUrl",
  },
  {
    title: "Add the scopes",
    body: "In the Resources tab, add the scopes email and profile. openid is there already.",
  },
  {
    title: "Copy the App ID, the client secret and the Environment ID",
    body: "The Configuration tab shows Client ID (it goes into App ID), Client Secret and Environment ID, under General. Pasting the Issuer ID into Environment ID sets the region too. Leave Token Auth Method at Client Secret Basic.",
  },
  {
    title: "Send groups (optional)",
    body: "In the Attribute Mappings tab, add the attribute groups and map it to Group Names. Enter it in OIDC Claims.",
    value: "groups",
    warning: "Beyond 25 values PingOne sends none in the ID token: deliver it by UserInfo then.",
  },
  {
    title: "Users and groups by SCIM (optional)",
    body: "Turn on Enable SCIM here and save. In PingOne, go to Integrations > Provisioning and add a connection: Identity Store, then SCIM Outbound. Enter the SCIM Endpoint as SCIM Base URL, choose OAuth 2 Bearer Token as Authentication Method, and enter the SCIM Secret as OAuth Access Token. Then add a rule with that connection as its target. In its Configuration tab, map User ID to externalId under Attribute Mapping, and add groups under Group Provisioning. Turn on the connection and the rule.",
  },
  {
    title: "Turn the application on",
    body: "Use the switch beside its name, and choose under Access which groups may sign in. Then select Save and test here.",
  },
];
