import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Create a client",
    body: "In the Keycloak admin console, choose your realm, open Clients and select Create client. Keep the type OpenID Connect and enter a Client ID.",
  },
  {
    title: "Turn on client authentication",
    body: "On the next page, turn on Client authentication and keep Standard flow. The other flows are not needed.",
  },
  {
    title: "Enter the redirect URI",
    body: "In Valid redirect URIs, paste this address. It must match exactly: no slash and no star at the end.",
    copy: "callbackUrl",
  },
  {
    title: "Copy the App ID and the client secret",
    body: "The Client ID goes into App ID. The secret is in the Credentials tab.",
  },
  {
    title: "Send groups (optional)",
    body: "Open Client scopes > the dedicated scope of your client > Add mapper > Group Membership. Turn on Add to ID token and set the token claim name to this value.",
    value: "groups",
    warning:
      "With Full group path on, each group arrives as /parent/child, and policies must match that.",
  },
  {
    title: "Save and test",
    body: "Select Save and test, and sign in as a user of the realm.",
  },
];
