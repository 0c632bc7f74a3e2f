import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Create an application",
    body: "In the Zitadel console, open your project (or create one) and select New under Applications. Give it a name and choose Web.",
  },
  {
    title: "Choose the authentication method",
    body: "Choose Code: the application then has a client secret, sent by Basic. With PKCE it has none; set Token endpoint authentication to None here and turn on PKCE.",
  },
  {
    title: "Enter the redirect URI",
    body: "Paste this address into Redirect URIs. It must match exactly: no slash at the end. Development Mode is only for addresses with http://.",
    copy: "callbackUrl",
  },
  {
    title: "Copy the App ID and the client secret",
    body: "After Create, Zitadel shows ClientId (it goes into App ID) and ClientSecret, once. The address of your instance stands under URLs of the application, as issuer.",
  },
  {
    title: "Send the roles (optional)",
    body: "In the project, under General, turn on Assert Roles on Authentication; in the application, under Token Settings, turn on User roles inside ID Token. Then enter this name in OIDC Claims.",
    value: "urn:zitadel:iam:org:project:roles",
    warning: "The roles come as one object, whose keys are the names of the roles.",
  },
  {
    title: "Save and test",
    body: "Select Save and test, and sign in as one of your users.",
  },
];
