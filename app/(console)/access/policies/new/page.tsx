import type { Metadata } from "next";
import * as z from "zod";
import { PolicyForm } from "@/components/policies/policy-form";
import { PageHeader } from "@/components/ui/page-header";
import { requireAdminPage } from "@/lib/admins/require-admin";
import { ruleLibrary } from "@/lib/policies/library/store";
import { getPolicy } from "@/lib/policies/store";
import { crumbs, POLICIES } from "../../crumbs";
import { add as addGroup } from "../../groups/actions";
import { loadHints } from "../../rule-actions";
import { testerFor } from "../../tester";
import { add, change } from "../actions";

export const metadata: Metadata = { title: "Add a policy - Access" };

interface Props {
  searchParams: Promise<{ copy?: string | string[] }>;
}

export default async function NewPolicyPage({ searchParams }: Props) {
  const admin = await requireAdminPage();
  const copied = z.uuid().safeParse((await searchParams).copy).data;
  const [library, tester, original] = await Promise.all([
    ruleLibrary(admin),
    testerFor(admin),
    copied ? getPolicy(admin, copied).catch(() => null) : null,
  ]);
  return (
    <>
      <PageHeader title="Add a policy" breadcrumbs={crumbs(POLICIES, "Add a policy")} />
      <PolicyForm
        policy={null}
        start={original && { ...original, name: `${original.name} (copy)` }}
        library={library}
        shadows={[]}
        readOnly={false}
        justAdded={false}
        add={add}
        change={change}
        addGroup={addGroup}
        loadHints={loadHints}
        tester={tester}
      />
    </>
  );
}
