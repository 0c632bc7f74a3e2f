import type { Quirk } from "./quirk";

/** "authentik@2026.2.1", from its `authentik_user_agent()`. */
export const authentik: Quirk = {
  id: "authentik",
  name: "authentik",
  isSender: ({ userAgent }) => /^(?:authentik@|goauthentik\.io\b)/i.test(userAgent ?? ""),
  liberties: [
    "Replaces a group without path and without its members, which stay.",
    "Adds and removes members one operation each, by a list in value.",
    "Compares the members of the whole group after a change.",
  ],
};
