import type { ClaimSource } from "@/lib/oidc/schema";

/** Where a claim was read. */
export const SOURCES: Record<ClaimSource, string> = {
  id_token: "ID token",
  user_info: "User info",
  groups_api: "Groups API",
};
