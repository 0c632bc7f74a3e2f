import Link from "next/link";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { UserSummary } from "@/lib/users/schema";
import { UserActions, type UserActionsProps } from "./user-actions";
import { sourceWords, UserStatus } from "./user-status";

const COLUMNS = ["User", "Login method", "Groups", "Seat", "Sessions", "Last login", "Status", ""];

interface UserTableProps {
  users: UserSummary[];
  /** Null for whoever may only read. */
  actions: Omit<UserActionsProps, "user"> | null;
  /** Ids of those that are chosen, where some can be. */
  choice?: { chosen: readonly string[]; toggle: (id: string) => void };
}

export function UserTable({ users, actions, choice }: UserTableProps) {
  return (
    <Table label="Users" columns={COLUMNS}>
      {users.map((user) => (
        <Row key={user.id}>
          <Cell>
            <span className="flex min-w-0 items-center gap-3">
              {choice && (
                <label className="-m-1 flex size-6 shrink-0 items-center justify-center">
                  <span className="sr-only">Choose {user.email}</span>
                  <input
                    type="checkbox"
                    className="size-4 accent-accent"
                    checked={choice.chosen.includes(user.id)}
                    onChange={() => choice.toggle(user.id)}
                  />
                </label>
              )}
              <Link
                href={`/team/users/${user.id}/identity`}
                className="wrap-anywhere block min-w-0 font-medium hover:underline"
              >
                {user.email}
                {user.name && <span className="block font-normal text-muted">{user.name}</span>}
              </Link>
            </span>
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
          <Cell>{actions && <UserActions user={user} {...actions} />}</Cell>
        </Row>
      ))}
    </Table>
  );
}
