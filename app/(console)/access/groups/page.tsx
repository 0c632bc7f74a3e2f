import type { Metadata } from "next";
import { GroupTable } from "@/components/policies/group-table";
import { groupWords } from "@/components/policies/sentence-of";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { listGroups } from "@/lib/policies/groups/store";
import { loadNames } from "@/lib/policies/library/store";
import { policySentence } from "@/lib/policies/sentence";
import { crumbs, GROUPS } from "../crumbs";
import { remove } from "./actions";

export const metadata: Metadata = { title: "Access Groups - Access" };

export default async function GroupsPage() {
  const viewer = await requireViewer();
  const [groups, names] = await Promise.all([listGroups(viewer), loadNames(viewer)]);
  const mayChange = isAdmin(viewer);
  const add = mayChange && (
    <LinkButton href="/access/groups/new" variant="primary">
      Add an access group
    </LinkButton>
  );
  const items = groups.map((group) => ({
    ...group,
    sentence: groupWords(policySentence({ ...group, decision: "allow" }, names)),
  }));
  return (
    <>
      <PageHeader
        title="Access Groups"
        breadcrumbs={crumbs(GROUPS)}
        description="Rules under a name, for policies that need the same ones."
        actions={items.length > 0 && add}
      />
      {items.length > 0 ? (
        <GroupTable groups={items} remove={mayChange ? remove : null} />
      ) : (
        <EmptyState title="No access groups yet" actions={add}>
          Name a set of rules once, such as Engineers, and use it in any policy. A change of it
          counts in all of them at once.
        </EmptyState>
      )}
    </>
  );
}
