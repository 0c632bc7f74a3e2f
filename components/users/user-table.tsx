import Link from "next/link";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { UserSummary } from "@/lib/users/schema";
import { UserActions, type UserActionsProps } from "./user-actions";
import { sourceWords, UserStatus } from "./user-status";

const COLUMNS = ["User", "Login method", "Groups", "Seat", "Sessions", "Last login", "Status", ""];

interface UserTableProps extends Omit<UserActionsProps, "user"> {
  users: UserSummary[];
  readOnly: boolean;
}

export function UserTable({ users, readOnly, ...actions }: UserTableProps) {
  return (
    <Table label="Users" columns={COLUMNS}>
      {users.map((user) => (
        <Row key={user.id}>
          <Cell>
            <Link
              href={`/team/users/${user.id}/identity`}
              className="wrap-anywhere block min-w-0 font-medium hover:underline"
            >
              {user.email}
              {user.name && <span className="block font-normal text-muted">{user.name}</span>}
            </Link>
          </Cell>
          <Cell label="Login method">
            <span className="min-w-0 break-words">
              {user.loginMethod.name}
              <span className="block text-muted text-xs">Source: {sourceWords(user)}</span>
            </span>
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
