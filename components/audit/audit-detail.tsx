import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import { logHref } from "@/lib/audit/links";
import type { AuditEntry, AuditQuery } from "@/lib/audit/schema";
import { actionWords, doorWords } from "@/lib/audit/words";
import { AuditTarget } from "./audit-target";
import { DiffTable } from "./diff-table";

interface AuditDetailProps {
  entry: AuditEntry;
  query: AuditQuery;
}

/** One entry with all that is known of it; the rest of the log stays below. */
export function AuditDetail({ entry, query }: AuditDetailProps) {
  const { id, at, actorName, action, target, changes, ip, door, requestId } = entry;
  return (
    <div className="mb-5">
      <Card
        id="event"
        title={actionWords(action)}
        actions={
          <>
            <CopyButton value={JSON.stringify(entry, null, 2)} label="Copy as JSON" />
            <LinkButton href={logHref(query, { event: undefined })} scroll={false}>
              Close
            </LinkButton>
          </>
        }
      >
        <div className="space-y-5">
          <DescriptionList
            items={[
              { term: "When", value: <Time value={at} /> },
              { term: "Actor", value: actorName },
              { term: "Object", value: <AuditTarget target={target} /> },
              { term: "From", value: ip ?? "This server itself" },
              { term: "Via", value: doorWords(door) },
              {
                term: "Request id",
                value: <code className="break-all font-mono">{requestId}</code>,
              },
              { term: "Entry", value: `${id} · ${action}` },
            ]}
          />
          {changes.length > 0 ? (
            <DiffTable changes={changes} />
          ) : (
            <p className="text-muted">Nothing but the action itself is recorded.</p>
          )}
        </div>
      </Card>
    </div>
  );
}
