import type { Metadata } from "next";
import { ApplicationFilters, isFiltered } from "@/components/applications/application-filters";
import { ApplicationTable } from "@/components/applications/application-table";
import { ProxyReports } from "@/components/applications/proxy-reports";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { applicationQuerySchema, applicationsHref } from "@/lib/applications/query";
import { listTags, searchApplications } from "@/lib/applications/search/store";
import { listProxyReports } from "@/lib/gate/reports/store";
import { APPLICATIONS, crumbs } from "../crumbs";
import { dismissReport, remove, revoke, setEnabled } from "./actions";

export const metadata: Metadata = { title: "Applications - Access" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function ApplicationsPage({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer();
  const query = applicationQuerySchema.parse(await searchParams);
  const [{ applications, next }, tags, reports] = await Promise.all([
    searchApplications(viewer, query),
    listTags(viewer),
    listProxyReports(viewer),
  ]);
  const mayChange = isAdmin(viewer);
  const empty = applications.length === 0;
  const filtered = isFiltered(query) || query.after !== "";
  const add = mayChange && (
    <LinkButton href="/access/applications/new" variant="primary">
      Add an application
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Applications"
        breadcrumbs={crumbs(APPLICATIONS)}
        description="What the gate stands in front of, and which policies open it."
        actions={(!empty || filtered) && add}
      />
      <ProxyReports reports={reports} dismiss={mayChange ? dismissReport : null} />
      {(!empty || filtered) && <ApplicationFilters query={query} tags={tags} />}
      {!empty && (
        <ApplicationTable
          applications={applications}
          actions={mayChange ? { setEnabled, revoke, remove } : null}
        />
      )}
      {empty && filtered && (
        <EmptyState
          title="No application matches"
          actions={<LinkButton href="/access/applications">Clear filters</LinkButton>}
        />
      )}
      {empty && !filtered && (
        <EmptyState title="No applications yet" actions={add}>
          Name the hosts of an application, choose who may open it, and paste the configuration that
          you get into your reverse proxy.
        </EmptyState>
      )}
      {(next || query.after) && (
        <nav
          aria-label="Pages of applications"
          className="mt-4 flex flex-wrap justify-between gap-2"
        >
          {query.after ? (
            <LinkButton href={applicationsHref(query, { after: "" })}>First page</LinkButton>
          ) : (
            <span />
          )}
          {next && <LinkButton href={applicationsHref(query, { after: next })}>Next</LinkButton>}
        </nav>
      )}
    </>
  );
}
