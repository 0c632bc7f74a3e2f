import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as z from "zod";
import { PolicyActions } from "@/components/policies/policy-actions";
import { PolicyForm } from "@/components/policies/policy-form";
import { applicationPath } from "@/components/policies/policy-words";
import { UsedBy } from "@/components/policies/used-by";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { isAppError } from "@/lib/kit/errors";
import { ruleLibrary } from "@/lib/policies/library/store";
import { getPolicy } from "@/lib/policies/store";
import { crumbs, POLICIES } from "../../crumbs";
import { add as addGroup } from "../../groups/actions";
import { loadHints } from "../../rule-actions";
import { testerFor } from "../../tester";
import { add, change, remove } from "../actions";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ added?: string }>;
}

const policyOf = cache(async (id: string) => {
  const viewer = await requireViewer();
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return { viewer, policy: await getPolicy(viewer, id) };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { policy } = await policyOf((await params).id);
  return { title: `${policy.name} - Policies` };
}

export default async function PolicyPage({ params, searchParams }: Props) {
  const { viewer, policy } = await policyOf((await params).id);
  const { added } = await searchParams;
  const [library, tester] = await Promise.all([ruleLibrary(viewer), testerFor(viewer)]);
  const mayChange = isAdmin(viewer);
  return (
    <>
      <PageHeader
        title={policy.name}
        breadcrumbs={crumbs(POLICIES, policy.name)}
        actions={mayChange && <PolicyActions policy={policy} onPage remove={remove} />}
      />
      <section aria-labelledby="used-by" className="mb-5">
        <h2 id="used-by" className="mb-1 font-semibold">
          Used by
        </h2>
        <UsedBy
          users={policy.usedBy.map((user) => ({ ...user, href: applicationPath(user.id) }))}
          none="No application uses it yet."
        />
      </section>
      <PolicyForm
        policy={policy}
        start={null}
        library={library}
        shadows={[]}
        readOnly={!mayChange}
        justAdded={added !== undefined}
        add={add}
        change={change}
        addGroup={addGroup}
        loadHints={loadHints}
        tester={tester}
      />
    </>
  );
}
