import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { SearchForm } from "@/components/form/search-form";
import { UsedBy } from "@/components/policies/used-by";
import { MemberTable } from "@/components/scim-groups/member-table";
import { NextPage } from "@/components/scim-groups/next-page";
import { usersOf } from "@/components/scim-groups/pushed-group-table";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { requireViewer } from "@/lib/admins/require-admin";
import { isAppError } from "@/lib/kit/errors";
import { pushedGroupHref } from "@/lib/scim/directory/links";
import { type PushedGroup, scimMemberQuerySchema } from "@/lib/scim/directory/schema";
import { getPushedGroup, listChildGroups, listPushedMembers } from "@/lib/scim/directory/store";
import { scimLogOf } from "@/lib/scim/log/links";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const load = cache(async (id: string) => {
  const viewer = await requireViewer();
  try {
    return { viewer, group: await getPushedGroup(viewer, id) };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { group } = await load((await params).id);
  return { title: `${group.name} - Groups` };
}

function Facts({
  group,
  childGroups,
}: {
  group: PushedGroup;
  childGroups: { id: string; name: string }[];
}) {
  const { loginMethod, externalId } = group;
  const method = `/settings/authentication/login-methods/${loginMethod.id}?field=scim`;
  const inside = childGroups.map(({ id, name }) => ({ id, name, href: pushedGroupHref(id) }));
  return (
    <Card title="Group">
      <DescriptionList
        items={[
          {
            term: "Login method",
            value: (
              <Link href={method} className="text-accent underline underline-offset-2">
                {loginMethod.name}
              </Link>
            ),
          },
          { term: "Members", value: group.members.toLocaleString("en-GB") },
          ...(inside.length > 0
            ? [{ term: "Groups inside", value: <UsedBy users={inside} none="None" /> }]
            : []),
          {
            term: "Used by",
            value: (
              <UsedBy users={usersOf(group.usedBy)} none="No policy and no access group names it" />
            ),
          },
          ...(externalId ? [{ term: "Id at the provider", value: <code>{externalId}</code> }] : []),
          { term: "Id here", value: <code>{group.id}</code> },
          { term: "Pushed first", value: <Time value={group.createdAt} /> },
          { term: "Changed", value: <Time value={group.updatedAt} /> },
        ]}
      />
    </Card>
  );
}

export default async function PushedGroupPage({ params, searchParams }: Props) {
  const { viewer, group } = await load((await params).id);
  const query = scimMemberQuerySchema.parse(await searchParams);
  const [page, childGroups] = await Promise.all([
    listPushedMembers(viewer, group.id, query),
    listChildGroups(viewer, group.id),
  ]);
  const here = pushedGroupHref(group.id);
  const empty = page.items.length === 0;
  return (
    <>
      <PageHeader
        title={group.name}
        breadcrumbs={[{ label: "My Team" }, { label: "Groups", href: "/team/groups" }]}
        actions={<LinkButton href={scimLogOf({ resource: group.id })}>What was pushed</LinkButton>}
      />
      <Facts group={group} childGroups={childGroups} />
      <section aria-labelledby="members" className="mt-6">
        <h2 id="members" className="mb-3 font-semibold text-lg leading-7">
          Members
        </h2>
        {(!empty || query.q) && (
          <SearchForm
            label="Filter the members"
            placeholder="User name"
            action={here}
            q={query.q}
          />
        )}
        {empty ? (
          <EmptyState title={query.q ? "Nobody matches" : "Nobody is in this group"}>
            {query.q
              ? "No member fits this search."
              : "Assign people to it at the provider, and they stand here after its next push."}
          </EmptyState>
        ) : (
          <MemberTable members={page.items} />
        )}
        <NextPage
          label="Pages of members"
          first={query.after ? pushedGroupHref(group.id, { ...query, after: "" }) : null}
          next={page.next && pushedGroupHref(group.id, { ...query, after: page.next })}
        />
      </section>
    </>
  );
}
