import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Create an application",
    body: "In the Auth0 dashboard, go to Applications > Applications and select Create Application. Choose Regular Web Applications.",
  },
  {
    title: "Enter the callback URL",
    body: "In the Settings tab, paste this address into Allowed Callback URLs, and select Save. It must match exactly: no slash at the end.",
    copy: "callbackUrl",
  },
  {
    title: "Copy the domain, the App ID and the client secret",
    body: "The Settings tab shows Domain, Client ID (it goes into App ID) and Client Secret. With a custom domain, enter that one here: Auth0 then names itself by it.",
  },
  {
    title: "Check the signature",
    body: "Under Advanced Settings > OAuth, JSON Web Token (JWT) Signature Algorithm must be RS256.",
    warning:
      "Old applications have HS256, which signs with the client secret: the test then fails.",
  },
  {
    title: "Choose who may sign in",
    body: "In the Connections tab, leave on only the connections whose people should get in.",
  },
  {
    title: "Send roles (optional)",
    body: 'Under Actions > Library, build a Post Login Action with api.idToken.setCustomClaim("https://acme.com/roles", event.authorization?.roles), with a URL of your own, add it to the flow, and enter that name in OIDC Claims.',
    warning: "A claim named just roles or groups is dropped by Auth0 without a word.",
  },
  {
    title: "Save and test",
    body: "Select Save and test, and sign in as one of your users.",
  },
];
