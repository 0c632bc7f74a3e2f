import type { Metadata } from "next";
import { PolicyTable } from "@/components/policies/policy-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { loadNames } from "@/lib/policies/library/store";
import { policySentence } from "@/lib/policies/sentence";
import { listPolicies } from "@/lib/policies/store";
import { crumbs, POLICIES } from "../crumbs";
import { remove } from "./actions";

export const metadata: Metadata = { title: "Policies - Access" };

export default async function PoliciesPage() {
  const viewer = await requireViewer();
  const [policies, names] = await Promise.all([listPolicies(viewer), loadNames(viewer)]);
  const mayChange = isAdmin(viewer);
  const add = mayChange && (
    <LinkButton href="/access/policies/new" variant="primary">
      Add a policy
    </LinkButton>
  );
  const items = policies.map((policy) => ({ ...policy, sentence: policySentence(policy, names) }));
  return (
    <>
      <PageHeader
        title="Policies"
        breadcrumbs={crumbs(POLICIES)}
        description="Who may open which application. One policy can judge many applications."
        actions={items.length > 0 && add}
      />
      {items.length > 0 ? (
        <PolicyTable policies={items} remove={mayChange ? remove : null} />
      ) : (
        <EmptyState title="No policies yet" actions={add}>
          A policy lets people in, or keeps them out, by who they are and where they come from.
          Nobody gets into an application that no policy opens.
        </EmptyState>
      )}
    </>
  );
}
