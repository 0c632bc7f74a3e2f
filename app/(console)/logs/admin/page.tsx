import type { Metadata } from "next";
import { AuditDetail } from "@/components/audit/audit-detail";
import { AuditFilters } from "@/components/audit/audit-filters";
import { AuditPager } from "@/components/audit/audit-pager";
import { AuditTable } from "@/components/audit/audit-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/admins/require-admin";
import { type AuditQuery, auditQuerySchema } from "@/lib/audit/schema";
import { auditFacets, getChange, listChanges } from "@/lib/audit/store";
import { isAppError } from "@/lib/kit/errors";

export const metadata: Metadata = { title: "Admin - Logs" };

type Search = Promise<Record<string, string | string[] | undefined>>;

const isFiltered = ({ q, actor, action, before }: AuditQuery): boolean =>
  Boolean(q || actor || action || before);

/** An entry that the address names but the log does not have is simply not open. */
const gone = (error: unknown): null => {
  if (isAppError(error) && error.code === "not_found") return null;
  throw error;
};

export default async function AdminLogPage({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer();
  const query = auditQuerySchema.parse(await searchParams);
  const [page, facets, open] = await Promise.all([
    listChanges(viewer, query),
    auditFacets(viewer),
    query.event ? getChange(viewer, query.event).catch(gone) : null,
  ]);
  return (
    <>
      <PageHeader
        title="Admin"
        description="Every change to this installation: who, what, and from where. Secrets are never shown."
        breadcrumbs={[{ label: "Logs" }, { label: "Admin" }]}
      />
      <AuditFilters query={query} facets={facets} />
      {open && <AuditDetail entry={open} query={query} />}
      {page.entries.length > 0 ? (
        <AuditTable entries={page.entries} query={query} />
      ) : isFiltered(query) ? (
        <EmptyState
          title="Nothing matches"
          actions={<LinkButton href="/logs/admin">Clear filters</LinkButton>}
        >
          No change fits these filters.
        </EmptyState>
      ) : (
        <EmptyState title="No changes yet">
          Adding a login method or inviting an admin will stand here.
        </EmptyState>
      )}
      <AuditPager query={query} next={page.next} />
    </>
  );
}
