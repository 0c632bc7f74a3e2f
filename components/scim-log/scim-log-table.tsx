import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ScimLogEntry } from "@/lib/scim/log/schema";
import { hasFailed, requestWords } from "@/lib/scim/log/words";

const COLUMNS = ["When", "What happened", "Action", "Resource", "Login method", "Outcome"];

export function ScimOutcome({ entry }: { entry: Pick<ScimLogEntry, "status"> }) {
  return hasFailed(entry) ? (
    <Badge tone="danger">Failure, {entry.status}</Badge>
  ) : (
    <Badge tone="success">Success</Badge>
  );
}

const resourceOf = ({ resourceType, userEmail, groupName }: ScimLogEntry): string => {
  if (!resourceType) return "-";
  const name = resourceType === "USER" ? userEmail : groupName;
  return [resourceType === "USER" ? "User" : "Group", name].filter(Boolean).join(" ");
};

export function ScimLogTable({ entries }: { entries: ScimLogEntry[] }) {
  return (
    <Table label="SCIM requests" columns={COLUMNS}>
      {entries.map((entry) => (
        <Row key={entry.id}>
          <Cell>
            <Time value={entry.at} />
          </Cell>
          <Cell label="What happened">
            <Link
              href={`/logs/scim/${entry.id}`}
              className="min-w-0 break-words font-medium text-accent underline-offset-2 hover:underline"
            >
              {requestWords(entry)}
            </Link>
          </Cell>
          <Cell label="Action">
            <span className="font-mono text-xs">{entry.method || "-"}</span>
          </Cell>
          <Cell label="Resource">
            <span className="min-w-0 break-words">{resourceOf(entry)}</span>
          </Cell>
          <Cell label="Login method">
            <span className="min-w-0 break-words">{entry.loginMethod.name}</span>
          </Cell>
          <Cell label="Outcome">
            <ScimOutcome entry={entry} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
