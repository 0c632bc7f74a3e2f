import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { accessHref } from "@/lib/access-log/links";
import type { AccessEntry, AccessQuery } from "@/lib/access-log/schema";
import { eventWords } from "@/lib/access-log/words";

export function Outcome({ allowed }: { allowed: boolean }) {
  return <Badge tone={allowed ? "success" : "danger"}>{allowed ? "Allowed" : "Refused"}</Badge>;
}

/** Who it was: a person, a program, somebody who only says to be one, or nobody that anybody knows. */
export function whoOf({ user, serviceToken, reason }: AccessEntry): string {
  if (user || !serviceToken) return user?.email ?? "Unknown";
  const { name } = serviceToken;
  return reason === "service_token_wrong_secret" ? `${name} (not proven)` : name;
}

const COLUMNS = [
  "When",
  "Event",
  "Result",
  "Who",
  "Application",
  "Login method",
  "From",
  "Reference",
];

interface AccessTableProps {
  entries: AccessEntry[];
  query: AccessQuery;
}

export function AccessTable({ entries, query }: AccessTableProps) {
  return (
    <Table label="Access events" columns={COLUMNS}>
      {entries.map((entry) => (
        <Row
          key={entry.id}
          aria-current={entry.id === query.entry ? "true" : undefined}
          className={entry.id === query.entry ? "bg-accent-soft" : undefined}
        >
          <Cell>
            <Time value={entry.at} />
          </Cell>
          <Cell label="Event">
            <Link
              href={accessHref(query, { entry: entry.id })}
              className="min-w-0 font-medium text-accent underline-offset-2 hover:underline"
            >
              {eventWords(entry.event)}
              {entry.count > 1 && ` (${entry.count} times)`}
            </Link>
          </Cell>
          <Cell label="Result">
            <Outcome allowed={entry.allowed} />
          </Cell>
          <Cell label="Who">
            <span className="min-w-0 break-words">{whoOf(entry)}</span>
          </Cell>
          <Cell label="Application">
            <span className="min-w-0 break-words">
              {entry.application?.name ?? entry.host ?? "-"}
            </span>
          </Cell>
          <Cell label="Login method">
            <span className="min-w-0 break-words">{entry.loginMethod?.name ?? "-"}</span>
          </Cell>
          <Cell label="From">
            <span className="min-w-0 break-all font-mono text-xs">
              {[entry.ip, entry.country].filter(Boolean).join(" ") || "-"}
            </span>
          </Cell>
          <Cell label="Reference">
            <span className="whitespace-nowrap font-mono text-xs">{entry.ref}</span>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
