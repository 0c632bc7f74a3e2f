import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Create an application with a provider",
    body: "In the authentik Admin interface, go to Applications > Applications and select Create with Provider. Give it a name and note its slug.",
  },
  {
    title: "Choose OAuth2/OpenID Connect",
    body: "As provider type, select OAuth2/OpenID Connect. Keep the name and choose the authorization flow.",
  },
  {
    title: "Enter the redirect URI",
    body: "Under Redirect URIs, add this address as Strict. It must match exactly: no slash at the end, although some guides show one.",
    copy: "callbackUrl",
  },
  {
    title: "Select a signing key",
    body: "Under Signing Key, select any key. Leave Encryption Key empty.",
    warning:
      "Without a signing key authentik signs with the client secret, and with an encryption key it hides the token: both make the test fail.",
  },
  {
    title: "Check the scopes",
    body: "Under Advanced protocol settings, keep the scopes openid, email and profile (groups come with profile), and keep Include claims in id_token on.",
  },
  {
    title: "Copy the values",
    body: "Copy Client ID (it goes into App ID), Client Secret, and the slug of the application. With the authentik URL and the slug, Gatehouse fills Auth URL, Token URL and Certificate URL.",
  },
  {
    title: "Users and groups by SCIM (optional)",
    body: "Turn on Enable SCIM here and save. In authentik, go to Applications > Providers, make a new provider of the type SCIM, and enter the SCIM Endpoint as URL and the SCIM Secret as Token. Then edit the application above and add that provider under Backchannel Providers. Leave Subject mode of the OAuth2 provider at Based on the User's hashed ID: SCIM sends the same ID, so people who sign in are recognised.",
  },
  {
    title: "Save and test",
    body: "Select Save and test, and sign in as one of your users.",
  },
];
