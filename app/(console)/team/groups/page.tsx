import type { Metadata } from "next";
import { FilterSelect } from "@/components/form/filter-select";
import { SearchForm } from "@/components/form/search-form";
import { NextPage } from "@/components/scim-groups/next-page";
import { PushedGroupTable } from "@/components/scim-groups/pushed-group-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/admins/require-admin";
import { listLoginMethods } from "@/lib/login-methods/store";
import { pushedGroupsHref } from "@/lib/scim/directory/links";
import { scimGroupQuerySchema } from "@/lib/scim/directory/schema";
import { listPushedGroups } from "@/lib/scim/directory/store";

export const metadata: Metadata = { title: "Groups - My Team" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function PushedGroupsPage({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer();
  const query = scimGroupQuerySchema.parse(await searchParams);
  const [page, methods] = await Promise.all([
    listPushedGroups(viewer, query),
    listLoginMethods(viewer),
  ]);
  const empty = page.items.length === 0;
  const filtered = Boolean(query.q || query.method);
  return (
    <>
      <PageHeader
        title="Groups"
        description="Groups that identity providers pushed by SCIM. They are changed at the provider, and only read here. In the user registry they overwrite the groups of a login; policies read the groups of the login."
        breadcrumbs={[{ label: "My Team" }, { label: "Groups" }]}
      />
      {(!empty || filtered) && (
        <SearchForm
          label="Filter the groups"
          placeholder="Name of a group"
          action="/team/groups"
          q={query.q}
          others={[query.method]}
        >
          <FilterSelect
            id="method"
            label="Login method"
            any="Any"
            value={query.method}
            options={methods.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </SearchForm>
      )}
      {!empty && <PushedGroupTable groups={page.items} />}
      {empty && (filtered || query.after) && (
        <EmptyState
          title="No group matches"
          actions={<LinkButton href="/team/groups">Clear filters</LinkButton>}
        >
          No pushed group fits these filters.
        </EmptyState>
      )}
      {empty && !filtered && !query.after && (
        <EmptyState
          title="No groups were pushed yet"
          actions={<LinkButton href="/settings/authentication">Login methods</LinkButton>}
        >
          Turn on Enable SCIM in a login method, and let your provider push its groups. Rules for
          access that you write yourself are under Access &gt; Access Groups.
        </EmptyState>
      )}
      <NextPage
        label="Pages of groups"
        first={query.after ? pushedGroupsHref({ ...query, after: "" }) : null}
        next={page.next && pushedGroupsHref({ ...query, after: page.next })}
      />
    </>
  );
}
