import { Badge } from "@/components/ui/badge";

/** Whether a login method is on. */
export function StatusBadge({ enabled }: { enabled: boolean }) {
  return enabled ? <Badge tone="success">Enabled</Badge> : <Badge tone="neutral">Disabled</Badge>;
}
