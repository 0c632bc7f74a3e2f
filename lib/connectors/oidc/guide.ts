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
    title: "Save and test",
    body: "Select Save and test and sign in as one of your users. The result shows each claim that came back, or what to change.",
  },
];
