import Link from "next/link";
import { namingPath } from "@/components/policies/policy-words";
import { UsedBy } from "@/components/policies/used-by";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { pushedGroupHref } from "@/lib/scim/directory/links";
import type { NamedBy, PushedGroup } from "@/lib/scim/directory/schema";

const COLUMNS = ["Name", "Login method", "Members", "Used by", "Updated"];

export const usersOf = (usedBy: readonly NamedBy[]) =>
  usedBy.map((user) => ({ ...user, href: namingPath(user) }));

/** Groups that providers pushed, with the policies and access groups that name them. */
export function PushedGroupTable({ groups }: { groups: PushedGroup[] }) {
  return (
    <Table label="Groups" columns={COLUMNS}>
      {groups.map((group) => (
        <Row key={group.id}>
          <Cell>
            <Link
              href={pushedGroupHref(group.id)}
              className="min-w-0 break-words font-medium hover:underline"
            >
              {group.name}
            </Link>
          </Cell>
          <Cell label="Login method">
            <span className="min-w-0 break-words">{group.loginMethod.name}</span>
          </Cell>
          <Cell label="Members">{group.members.toLocaleString("en-GB")}</Cell>
          <Cell label="Used by">
            <UsedBy users={usersOf(group.usedBy)} none="Nothing" />
          </Cell>
          <Cell label="Updated">
            <Time value={group.updatedAt} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
