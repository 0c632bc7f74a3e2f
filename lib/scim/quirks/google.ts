import type { Quirk } from "./quirk";

export const google: Quirk = {
  id: "google",
  name: "Google Workspace",
  isSender: ({ userAgent }) => /\bgoogle/i.test(userAgent ?? ""),
  liberties: [
    "Updates people by PUT, with everything it knows of them.",
    "Suspends people by active, and deletes them later.",
  ],
};
