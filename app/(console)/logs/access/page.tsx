import type { Metadata } from "next";
import { AccessDetail } from "@/components/access-log/access-detail";
import { AccessFilters, isFiltered } from "@/components/access-log/access-filters";
import { AccessHistogram } from "@/components/access-log/access-histogram";
import { AccessPager } from "@/components/access-log/access-pager";
import { AccessTable } from "@/components/access-log/access-table";
import { AnchorButton, LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { accessBars } from "@/lib/access-log/histogram/store";
import { accessHref } from "@/lib/access-log/links";
import { accessQuerySchema } from "@/lib/access-log/schema";
import { getAccess, listAccess } from "@/lib/access-log/store";
import { requireViewer } from "@/lib/admins/require-admin";
import { listApplications } from "@/lib/applications/store";
import { isAppError } from "@/lib/kit/errors";
import { listLoginMethods } from "@/lib/login-methods/store";
import { listPolicies } from "@/lib/policies/store";

export const metadata: Metadata = { title: "Access - Logs" };

type Search = Promise<Record<string, string | string[] | undefined>>;

/** An entry that the address names but the log does not have is simply not open. */
const gone = (error: unknown): null => {
  if (isAppError(error) && error.code === "not_found") return null;
  throw error;
};

export default async function AccessLogPage({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer();
  const query = accessQuerySchema.parse(await searchParams);
  const [page, bars, applications, methods, policies, open] = await Promise.all([
    listAccess(viewer, query),
    accessBars(viewer, query),
    listApplications(viewer),
    listLoginMethods(viewer),
    listPolicies(viewer),
    query.entry ? getAccess(viewer, query.entry).catch(gone) : null,
  ]);
  const exportHref = (format: string) =>
    accessHref(query, { before: undefined, entry: undefined }).replace(
      "/logs/access",
      `/logs/access/export.${format}`,
    );
  return (
    <>
      <PageHeader
        title="Access"
        description="Every login and every refusal, with the policy and the rule that decided."
        breadcrumbs={[{ label: "Logs" }, { label: "Access" }]}
        actions={
          page.entries.length > 0 && (
            <>
              <AnchorButton href={exportHref("csv")} download>
                Export CSV
              </AnchorButton>
              <AnchorButton href={exportHref("ndjson")} download>
                Export NDJSON
              </AnchorButton>
            </>
          )
        }
      />
      <AccessFilters
        query={query}
        applications={applications}
        loginMethods={methods}
        policies={policies}
      />
      <AccessHistogram bars={bars} />
      {open && <AccessDetail entry={open} query={query} />}
      {page.entries.length > 0 ? (
        <AccessTable entries={page.entries} query={query} />
      ) : isFiltered(query) || query.before ? (
        <EmptyState
          title="Nothing matches"
          actions={<LinkButton href="/logs/access">Clear filters</LinkButton>}
        >
          No entry fits these filters.
        </EmptyState>
      ) : (
        <EmptyState
          title="Nobody has tried to get in yet"
          actions={<LinkButton href="/access/applications">Applications</LinkButton>}
        >
          Logins and refusals stand here as soon as a proxy asks the gate about an application.
        </EmptyState>
      )}
      <AccessPager query={query} next={page.next} />
    </>
  );
}
