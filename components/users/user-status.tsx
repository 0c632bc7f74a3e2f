import { Badge } from "@/components/ui/badge";
import type { UserSummary } from "@/lib/users/schema";

type Standing = Pick<UserSummary, "disabledAt" | "deactivated" | "unclaimed">;

export function UserStatus({ user }: { user: Standing }) {
  if (user.disabledAt) return <Badge tone="danger">Disabled</Badge>;
  if (user.deactivated) return <Badge tone="warning">Deactivated by the provider</Badge>;
  if (user.unclaimed) return <Badge tone="neutral">Pushed, never signed in</Badge>;
  return <Badge tone="success">May sign in</Badge>;
}

/** Who brings a person into the registry. */
export const sourceWords = ({ source }: Pick<UserSummary, "source">): string =>
  source === "scim" ? "SCIM" : "Login";
