import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { ChoosableUsers } from "@/components/users/choosable-users";
import { isFiltered, UserFilters } from "@/components/users/user-filters";
import { UserTable } from "@/components/users/user-table";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { listLoginMethods } from "@/lib/login-methods/store";
import { userQuerySchema, usersHref } from "@/lib/users/query";
import type { UserSummary } from "@/lib/users/schema";
import { countSeats, listUsers } from "@/lib/users/store";
import { disable, enable, remove, removeSeveral, revoke, revokeSeveral } from "./actions";

export const metadata: Metadata = { title: "Users - My Team" };

const actions = { revoke, disable, enable, remove };
const several = { revoke: revokeSeveral, remove: removeSeveral };

const People = ({ users, mayChange }: { users: UserSummary[]; mayChange: boolean }) =>
  mayChange ? (
    <ChoosableUsers users={users} several={several} {...actions} />
  ) : (
    <UserTable users={users} actions={null} />
  );

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function UsersPage({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer();
  const query = userQuerySchema.parse(await searchParams);
  const [page, seats, methods] = await Promise.all([
    listUsers(viewer, query),
    countSeats(viewer),
    listLoginMethods(viewer),
  ]);
  const empty = page.users.length === 0;
  const filtered = isFiltered(query) || query.after !== "";
  return (
    <>
      <PageHeader
        title="Users"
        description={`Everybody who has signed in to an application or was pushed by SCIM. ${seats === 1 ? "1 seat" : `${seats} seats`} used.`}
        breadcrumbs={[{ label: "My Team" }, { label: "Users" }]}
      />
      {(!empty || filtered) && <UserFilters query={query} loginMethods={methods} />}
      {!empty && <People users={page.users} mayChange={isAdmin(viewer)} />}
      {empty && filtered && (
        <EmptyState
          title="Nobody matches"
          actions={<LinkButton href="/team/users">Clear filters</LinkButton>}
        >
          No user fits these filters.
        </EmptyState>
      )}
      {empty && !filtered && (
        <EmptyState
          title="Nobody is here yet"
          actions={<LinkButton href="/access/applications">Applications</LinkButton>}
        >
          People stand here from their first login to an application on, or from the moment that a
          provider pushes them by SCIM. A test of a login method makes no user.
        </EmptyState>
      )}
      {(page.next || query.after) && (
        <nav aria-label="Pages of users" className="mt-4 flex flex-wrap justify-between gap-2">
          {query.after ? (
            <LinkButton href={usersHref(query, { after: "" })}>First page</LinkButton>
          ) : (
            <span />
          )}
          {page.next && <LinkButton href={usersHref(query, { after: page.next })}>Next</LinkButton>}
        </nav>
      )}
    </>
  );
}
