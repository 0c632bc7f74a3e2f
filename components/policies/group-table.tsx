"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Result } from "@/lib/kit/result";
import type { RuleGroup } from "@/lib/policies/schema";
import { exportGroup } from "./exported";
import { GROUPS, groupPath, namingPath } from "./policy-words";
import { RulesMenu } from "./rules-menu";
import { UsedBy } from "./used-by";

const COLUMNS = ["Name", "What it matches", "Used by", "Updated", ""];

export interface GroupItem extends RuleGroup {
  /** In plain words, made by the server. */
  sentence: string;
}

type Remove = (input: { id: string }) => Promise<Result<unknown>>;

const usersOf = ({ usedBy }: RuleGroup) =>
  usedBy.map((user) => ({ ...user, href: namingPath(user) }));

interface GroupActionsProps {
  group: RuleGroup;
  /** Whether it stands on the page of the group itself. */
  onPage?: boolean;
  remove: Remove;
}

/** What can be done with an access group, in its row and on its page. */
export function GroupActions({ group, onPage = false, remove }: GroupActionsProps) {
  const router = useRouter();
  const { id, name } = group;
  return (
    <RulesMenu
      subject={{
        ...{ id, name, remove, what: "access group", exported: exportGroup(group) },
        users: usersOf(group),
        inUse: "These name it in their rules. Take it out of them first.",
        consequence: "Nothing names it. It cannot be brought back.",
      }}
      {...(!onPage && { edit: groupPath(id) })}
      duplicate={`${GROUPS}/new?copy=${id}`}
      onRemoved={() => (onPage ? router.push(GROUPS) : router.refresh())}
    />
  );
}

/** Access groups with what names them. `remove` is null for those who may only read. */
export function GroupTable({ groups, remove }: { groups: GroupItem[]; remove: Remove | null }) {
  return (
    <Table label="Access groups" columns={COLUMNS}>
      {groups.map((group) => (
        <Row key={group.id}>
          <Cell>
            <Link
              href={groupPath(group.id)}
              className="min-w-0 break-words font-medium hover:underline"
            >
              {group.name}
            </Link>
          </Cell>
          <Cell label="What it matches">
            <span className="line-clamp-3 min-w-0 max-w-xl break-words">{group.sentence}</span>
          </Cell>
          <Cell label="Used by">
            <UsedBy users={usersOf(group)} none="Nothing" />
          </Cell>
          <Cell label="Updated">
            <Time value={group.updatedAt} />
          </Cell>
          <Cell>{remove && <GroupActions group={group} remove={remove} />}</Cell>
        </Row>
      ))}
    </Table>
  );
}
