import Link from "next/link";
import { AuditTarget } from "@/components/audit/audit-target";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { AuditEntry } from "@/lib/audit/schema";
import { actionWords } from "@/lib/audit/words";

export function RecentChanges({ entries }: { entries: AuditEntry[] }) {
  return (
    <Card
      title="Recent changes"
      actions={
        <LinkButton href="/logs/admin" size="sm">
          View log
        </LinkButton>
      }
    >
      {entries.length === 0 ? (
        <p className="text-muted">Nothing has been changed yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {entries.map((entry) => (
            <li
              key={entry.id}
              className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-2 first:pt-0 last:pb-0"
            >
              <p className="min-w-0 flex-1 basis-64 break-words">
                <Link
                  href={`/logs/admin?event=${entry.id}`}
                  className="font-medium hover:underline"
                >
                  {actionWords(entry.action)}
                </Link>{" "}
                <span className="text-muted">
                  · <AuditTarget target={entry.target} />
                  {entry.actorName !== entry.target.name && ` · ${entry.actorName}`}
                </span>
              </p>
              <span className="text-muted">
                <Time value={entry.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
