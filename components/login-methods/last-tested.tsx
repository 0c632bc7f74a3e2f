import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { LastTested } from "@/lib/test-runs/schema";

const LOOK = {
  passed: { tone: "success", label: "Passed" },
  passed_with_warnings: { tone: "warning", label: "Passed with warnings" },
  failed: { tone: "danger", label: "Failed" },
  timed_out: { tone: "warning", label: "Timed out" },
} as const;

interface LastTestedProps {
  loginMethodId: string;
  /** Of what is saved. */
  fingerprint: string;
  run: LastTested | undefined;
}

/** How the newest test ended, when, and whether it still speaks of these settings. */
export function LastTestedCell({ loginMethodId, fingerprint, run }: LastTestedProps) {
  if (!run) return <span className="text-muted">Never</span>;
  const { tone, label } = LOOK[run.status];
  return (
    <span className="flex min-w-0 flex-col items-start gap-1">
      <Link
        href={`/settings/authentication/login-methods/${loginMethodId}/tests/${run.runId}`}
        className="inline-flex flex-wrap items-center gap-x-1.5 no-underline hover:underline"
      >
        <Badge tone={tone}>{label}</Badge> <Time value={run.at} />
      </Link>
      {run.failedTitle && <span className="max-w-56 text-muted">{run.failedTitle}</span>}
      {run.fingerprint !== fingerprint && (
        <Badge tone="warning">
          {run.draft ? "Other settings were tested" : "Changed since last test"}
        </Badge>
      )}
    </span>
  );
}
