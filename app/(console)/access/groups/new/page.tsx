import type { Metadata } from "next";
import * as z from "zod";
import { GroupForm } from "@/components/policies/group-form";
import { PageHeader } from "@/components/ui/page-header";
import { requireAdminPage } from "@/lib/admins/require-admin";
import { getGroup } from "@/lib/policies/groups/store";
import { ruleLibrary } from "@/lib/policies/library/store";
import { crumbs, GROUPS } from "../../crumbs";
import { loadHints } from "../../rule-actions";
import { testerFor } from "../../tester";
import { add, change } from "../actions";

export const metadata: Metadata = { title: "Add an access group - Access" };

interface Props {
  searchParams: Promise<{ copy?: string | string[] }>;
}

export default async function NewGroupPage({ searchParams }: Props) {
  const admin = await requireAdminPage();
  const copied = z.uuid().safeParse((await searchParams).copy).data;
  const [library, tester, original] = await Promise.all([
    ruleLibrary(admin),
    testerFor(admin),
    copied ? getGroup(admin, copied).catch(() => null) : null,
  ]);
  return (
    <>
      <PageHeader title="Add an access group" breadcrumbs={crumbs(GROUPS, "Add an access group")} />
      <GroupForm
        group={null}
        start={original && { ...original, name: `${original.name} (copy)` }}
        library={library}
        readOnly={false}
        justAdded={false}
        add={add}
        change={change}
        loadHints={loadHints}
        tester={tester}
      />
    </>
  );
}
