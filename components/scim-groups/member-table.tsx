import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Cell, Row, Table } from "@/components/ui/table";
import type { PushedMember } from "@/lib/scim/directory/schema";
import { scimLogOf } from "@/lib/scim/log/links";

const COLUMNS = ["User name", "At the provider", "Log"];

/** The people in a pushed group. */
export function MemberTable({ members }: { members: PushedMember[] }) {
  return (
    <Table label="Members" columns={COLUMNS}>
      {members.map(({ id, userName, active, userId }) => (
        <Row key={id}>
          <Cell>
            {userId ? (
              <Link
                href={`/team/users/${userId}/identity`}
                className="min-w-0 break-words font-medium hover:underline"
              >
                {userName}
              </Link>
            ) : (
              <span className="min-w-0 break-words">{userName}</span>
            )}
          </Cell>
          <Cell label="At the provider">
            {active ? (
              <Badge tone="success">Active</Badge>
            ) : (
              <Badge tone="neutral">Deactivated</Badge>
            )}
          </Cell>
          <Cell label="Log">
            <Link href={scimLogOf({ resource: id })} className="hover:underline">
              What was pushed<span className="sr-only"> of {userName}</span>
            </Link>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
