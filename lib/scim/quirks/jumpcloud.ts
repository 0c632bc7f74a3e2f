import type { Quirk } from "./quirk";

export const jumpcloud: Quirk = {
  id: "jumpcloud",
  name: "JumpCloud",
  isSender: ({ userAgent }) => /\bjumpcloud/i.test(userAgent ?? ""),
  liberties: [
    "Updates people by PUT, with everything it knows of them.",
    "Removes members by a list in value instead of a filter in path.",
  ],
};
