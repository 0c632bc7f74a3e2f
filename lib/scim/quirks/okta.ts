import type { Quirk } from "./quirk";

/** "Okta SCIM Client 1.0.0", in Okta's SCIM reference. */
export const okta: Quirk = {
  id: "okta",
  name: "Okta",
  isSender: ({ userAgent }) => /\bokta\b/i.test(userAgent ?? ""),
  liberties: [
    "Renames a group by a replace without path that also holds its id.",
    "Replaces all members of a pushed group at once.",
    "Deactivates by PATCH or PUT of active, and does not delete people.",
    "Sends a password when password sync is on; it is never kept.",
  ],
};
