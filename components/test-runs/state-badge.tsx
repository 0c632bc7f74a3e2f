import { Badge } from "@/components/ui/badge";
import type { TestRunState } from "@/lib/test-runs/schema";
import { STATE_LABELS } from "./words";

const TONES = {
  waiting: "info",
  running: "info",
  passed: "success",
  passed_with_warnings: "warning",
  failed: "danger",
  timed_out: "warning",
  cancelled: "neutral",
} as const;

export function StateBadge({ state }: { state: TestRunState }) {
  return <Badge tone={TONES[state]}>{STATE_LABELS[state]}</Badge>;
}
