const WORDS = {
  admin: "by an admin",
  disabled: "because an admin disabled the person",
  removed: "because an admin removed the person",
  logout: "because the person signed out",
  replaced: "because somebody signed in with another account in the same browser",
  deprovisioned: "because the provider deactivated or deleted the person by SCIM",
  groups_changed: "because their groups changed at the provider, as SCIM told",
} as const;

/** Why a session was ended before its time. */
export type RevokedReason = keyof typeof WORDS;

/** As the end of a sentence; null for a reason of another version. */
export const revokedWords = (reason: string): string | null =>
  Object.entries(WORDS).find(([name]) => name === reason)?.[1] ?? null;
