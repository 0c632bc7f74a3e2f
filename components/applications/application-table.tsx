import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Application } from "@/lib/applications/schema";
import { type ApplicationActions, ApplicationMenu } from "./application-actions";
import { applicationHref } from "./application-words";

const COLUMNS = ["Name", "Public hostnames", "Policies", "Status", "Updated", ""];
const MOST = 3;

function Hosts({ destinations }: { destinations: readonly string[] }) {
  const more = destinations.length - MOST;
  return (
    <ul className="min-w-0">
      {destinations.slice(0, MOST).map((text) => (
        <li key={text} className="break-all">
          {text}
        </li>
      ))}
      {more > 0 && <li className="text-muted">and {more} more</li>}
    </ul>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <ul aria-label="Tags" className="mt-1 flex flex-wrap gap-1">
      {tags.map((tag) => (
        <li key={tag}>
          <Badge tone="neutral">{tag}</Badge>
        </li>
      ))}
    </ul>
  );
}

function Policies({ id, policies }: Pick<Application, "id" | "policies">) {
  const count = policies.length;
  return (
    <Link href={applicationHref(id, "policies")} className="hover:underline">
      {count === 0 ? "None: nobody gets in" : `${count} ${count === 1 ? "policy" : "policies"}`}
    </Link>
  );
}

interface ApplicationTableProps {
  applications: readonly Application[];
  /** Null for those who may only read. */
  actions: ApplicationActions | null;
}

export function ApplicationTable({ applications, actions }: ApplicationTableProps) {
  return (
    <Table label="Applications" columns={COLUMNS}>
      {applications.map((application) => {
        const { id, name, enabled, settings } = application;
        return (
          <Row key={id}>
            <Cell>
              <Link
                href={applicationHref(id)}
                className="min-w-0 break-words font-medium hover:underline"
              >
                {name}
              </Link>
              <Tags tags={settings.tags} />
            </Cell>
            <Cell label="Public hostnames">
              <Hosts destinations={application.destinations} />
            </Cell>
            <Cell label="Policies">
              <Policies id={id} policies={application.policies} />
            </Cell>
            <Cell label="Status">
              <Badge tone={enabled ? "success" : "neutral"}>
                {enabled ? "Enabled" : "Disabled"}
              </Badge>
            </Cell>
            <Cell label="Updated">
              <Time value={application.updatedAt} />
            </Cell>
            <Cell>
              {actions && <ApplicationMenu application={{ id, name, enabled }} actions={actions} />}
            </Cell>
          </Row>
        );
      })}
    </Table>
  );
}
