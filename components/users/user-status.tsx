import { Badge } from "@/components/ui/badge";
import type { UserSummary } from "@/lib/users/schema";

/** Why it stands there, and what changes it; null where the badge says all. */
export function statusNote({ disabledAt, deactivated, unclaimed }: Standing): string | null {
  if (disabledAt) return "An admin keeps them out. Enable lets them in again.";
  if (deactivated) {
    return "By the provider, by SCIM. They are kept out while Enable user deprovisioning is on.";
  }
  return unclaimed ? "The provider pushed them by SCIM, and they have never signed in." : null;
}

type Standing = Pick<UserSummary, "disabledAt" | "deactivated" | "unclaimed">;

export function UserStatus({ user }: { user: Standing }) {
  if (user.disabledAt) return <Badge tone="danger">Disabled</Badge>;
  if (user.deactivated) return <Badge tone="warning">Deactivated</Badge>;
  if (user.unclaimed) return <Badge tone="neutral">Pushed only</Badge>;
  return <Badge tone="success">May sign in</Badge>;
}

/** Who brings a person into the registry. */
export const sourceWords = ({ source }: Pick<UserSummary, "source">): string =>
  source === "scim" ? "SCIM" : "Login";
