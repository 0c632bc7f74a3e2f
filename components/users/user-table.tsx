import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { UserSummary } from "@/lib/users/schema";
import { UserActions, type UserActionsProps } from "./user-actions";

const COLUMNS = ["User", "Login method", "Groups", "Seat", "Sessions", "Last login", "Status", ""];

interface UserTableProps extends Omit<UserActionsProps, "user"> {
  users: UserSummary[];
  readOnly: boolean;
}

export function UserStatus({ user }: { user: UserSummary }) {
  return user.disabledAt ? (
    <Badge tone="danger">Disabled</Badge>
  ) : (
    <Badge tone="success">May sign in</Badge>
  );
}

export function UserTable({ users, readOnly, ...actions }: UserTableProps) {
  return (
    <Table label="Users" columns={COLUMNS}>
      {users.map((user) => (
        <Row key={user.id}>
          <Cell>
            <Link
              href={`/team/users/${user.id}/identity`}
              className="block min-w-0 break-words font-medium hover:underline"
            >
              {user.email}
              {user.name && <span className="block font-normal text-muted">{user.name}</span>}
            </Link>
          </Cell>
          <Cell label="Login method">
            <span className="min-w-0 break-words">{user.loginMethod.name}</span>
          </Cell>
          <Cell label="Groups">{user.groups}</Cell>
          <Cell label="Seat">{user.seat ? "Active" : "Inactive"}</Cell>
          <Cell label="Sessions">{user.sessions}</Cell>
          <Cell label="Last login">
            {user.lastLoginAt ? <Time value={user.lastLoginAt} /> : "Never"}
          </Cell>
          <Cell label="Status">
            <UserStatus user={user} />
          </Cell>
          <Cell>{!readOnly && <UserActions user={user} {...actions} />}</Cell>
        </Row>
      ))}
    </Table>
  );
}
