import Link from "next/link";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { logHref } from "@/lib/audit/links";
import type { AuditEntry, AuditQuery } from "@/lib/audit/schema";
import { actionWords, doorWords } from "@/lib/audit/words";
import { AuditTarget } from "./audit-target";

interface AuditTableProps {
  entries: AuditEntry[];
  query: AuditQuery;
}

/** IPv4 in one piece; the long forms of IPv6 may break. */
function From({ ip }: { ip: string | null }) {
  const fit = ip?.includes(":") ? "min-w-0 break-all" : "whitespace-nowrap";
  return <span className={`font-mono text-xs ${fit}`}>{ip ?? "-"}</span>;
}

export function AuditTable({ entries, query }: AuditTableProps) {
  return (
    <Table label="Changes" columns={["When", "Actor", "Action", "Object", "From", "Via"]}>
      {entries.map((entry) => (
        <Row
          key={entry.id}
          aria-current={entry.id === query.event ? "true" : undefined}
          className={entry.id === query.event ? "bg-accent-soft" : undefined}
        >
          <Cell>
            <Time value={entry.at} />
          </Cell>
          <Cell label="Actor">
            <span className="min-w-0 break-words">{entry.actorName}</span>
          </Cell>
          <Cell label="Action">
            <Link
              href={logHref(query, { event: entry.id })}
              className="min-w-0 font-medium text-accent underline-offset-2 hover:underline"
            >
              {actionWords(entry.action)}
            </Link>
          </Cell>
          <Cell label="Object">
            <AuditTarget target={entry.target} />
          </Cell>
          <Cell label="From">
            <From ip={entry.ip} />
          </Cell>
          <Cell label="Via">{doorWords(entry.door)}</Cell>
        </Row>
      ))}
    </Table>
  );
}
