import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Create an app integration",
    body: "In your Okta admin dashboard, go to Applications > Applications and select Create App Integration.",
  },
  {
    title: "Choose OIDC and Web Application",
    body: "For Sign-in method, select OIDC - OpenID Connect. For Application type, select Web Application. Select Next.",
  },
  {
    title: "Enter the sign-in redirect URI",
    body: "Give the app any name. In Sign-in redirect URIs, paste this address. It must match exactly: no slash at the end.",
    copy: "callbackUrl",
  },
  {
    title: "Assign people and save",
    body: "Choose who may use the app under Assignments, and select Save. Okta refuses everyone who is not assigned.",
  },
  {
    title: "Send groups",
    body: "From the application view, open the Sign On tab, scroll to OpenID Connect ID Token and select Edit. Set Groups claim filter to Matches regex, with this value.",
    value: ".*",
  },
  {
    title: "Copy the App ID and the client secret",
    body: "In the General tab, copy the Client ID (it goes into App ID) and the Client secret.",
  },
  {
    title: "More than 100 groups (optional)",
    body: "Okta sends at most 100 groups in a token. Under Security > API > Tokens, create an API token as a read-only administrator: with it, Gatehouse reads all groups of a person.",
  },
  {
    title: "Custom claims (optional)",
    body: "In Okta, create a custom authorization server and make sure that its groups scope is enabled. Enter its ID in Authorization Server ID, and the claims in OIDC Claims, both under Optional configurations.",
  },
  {
    title: "Users and groups by SCIM (optional)",
    body: "Turn on Enable SCIM here and save. SCIM needs a second app in Okta, from the App Catalog: SCIM 2.0 Test App (Header Auth), with Email as Application username format. Under Provisioning > Configure API Integration, enter the SCIM Endpoint as Base URL and the SCIM Secret as API Token, then enable Create Users, Update User Attributes and Deactivate Users. People come by Assignments, groups by Push Groups.",
  },
  {
    title: "Save and test",
    body: "Select Save and test, and sign in as an assigned user.",
  },
];
