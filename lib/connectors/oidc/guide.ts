import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Create a client",
    body: "In your identity provider, create a client (some call it an app). Choose OpenID Connect, a web application, and the authorization code flow.",
  },
  {
    title: "Enter the callback URL",
    body: "Your provider asks for an authorized redirect URI. Paste this one. It must match exactly: no slash at the end.",
    copy: "callbackUrl",
  },
  {
    title: "Copy the App ID and the client secret",
    body: "Your provider shows them as Client ID and Client secret. Paste them into the form.",
  },
  {
    title: "Find the discovery URL",
    body: "It often ends with /.well-known/openid-configuration. Pasted into Discovery URL, it fills Auth URL (authorization_endpoint), Token URL (token_endpoint) and Certificate URL (jwks_uri). Without one, copy the three by hand.",
  },
  {
    title: "Users and groups by SCIM (optional)",
    body: "If your provider can push by SCIM 2.0, turn on Enable SCIM here and save. Enter the SCIM Endpoint where your provider asks for the base URL of the service, and the SCIM Secret where it asks for a bearer token. Its user name must be the email address that people sign in with, or its externalId the same as sub.",
  },
  {
    title: "Save and test",
    body: "Select Save and test and sign in as one of your users. The result shows each claim that came back, or what to change.",
  },
];
