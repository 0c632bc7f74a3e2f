import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as z from "zod";
import { GroupForm } from "@/components/policies/group-form";
import { GroupActions } from "@/components/policies/group-table";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { isAppError } from "@/lib/kit/errors";
import { getGroup } from "@/lib/policies/groups/store";
import { ruleLibrary } from "@/lib/policies/library/store";
import { crumbs, GROUPS } from "../../crumbs";
import { loadHints } from "../../rule-actions";
import { testerFor } from "../../tester";
import { add, change, remove } from "../actions";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ added?: string }>;
}

const groupOf = cache(async (id: string) => {
  const viewer = await requireViewer();
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return { viewer, group: await getGroup(viewer, id) };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { group } = await groupOf((await params).id);
  return { title: `${group.name} - Access Groups` };
}

export default async function GroupPage({ params, searchParams }: Props) {
  const { viewer, group } = await groupOf((await params).id);
  const { added } = await searchParams;
  const [library, tester] = await Promise.all([ruleLibrary(viewer), testerFor(viewer)]);
  const mayChange = isAdmin(viewer);
  return (
    <>
      <PageHeader
        title={group.name}
        breadcrumbs={crumbs(GROUPS, group.name)}
        actions={mayChange && <GroupActions group={group} onPage remove={remove} />}
      />
      <GroupForm
        group={group}
        start={null}
        // A group that names itself matches nobody, so it is not offered.
        library={{ ...library, groups: library.groups.filter(({ id }) => id !== group.id) }}
        readOnly={!mayChange}
        justAdded={added !== undefined}
        add={add}
        change={change}
        loadHints={loadHints}
        tester={tester}
      />
    </>
  );
}
