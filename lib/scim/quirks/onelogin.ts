import type { Quirk } from "./quirk";

export const onelogin: Quirk = {
  id: "onelogin",
  name: "OneLogin",
  isSender: ({ userAgent }) => /\bonelogin/i.test(userAgent ?? ""),
  liberties: [
    "Sends the same members again and again.",
    "Sends null for what a person does not have.",
  ],
};
