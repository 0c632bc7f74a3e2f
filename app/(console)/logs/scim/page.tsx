import type { Metadata } from "next";
import { isFiltered, ScimLogFilters } from "@/components/scim-log/scim-log-filters";
import { ScimLogPager } from "@/components/scim-log/scim-log-pager";
import { ScimLogTable } from "@/components/scim-log/scim-log-table";
import { AnchorButton, LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/admins/require-admin";
import { listLoginMethods } from "@/lib/login-methods/store";
import { scimLogExportHref } from "@/lib/scim/log/links";
import { scimLogQuerySchema } from "@/lib/scim/log/schema";
import { listScimLog } from "@/lib/scim/log/store";

export const metadata: Metadata = { title: "SCIM provisioning - Logs" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function ScimLogPage({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer();
  const query = scimLogQuerySchema.parse(await searchParams);
  const [page, methods] = await Promise.all([listScimLog(viewer, query), listLoginMethods(viewer)]);
  const empty = page.entries.length === 0;
  const filtered = isFiltered(query) || query.before !== undefined;
  return (
    <>
      <PageHeader
        title="SCIM provisioning"
        description="What identity providers pushed, what it did to people, and what failed."
        breadcrumbs={[{ label: "Logs" }, { label: "SCIM provisioning" }]}
        actions={
          !empty && (
            <>
              <AnchorButton href={scimLogExportHref(query, "csv")} download>
                Export CSV
              </AnchorButton>
              <AnchorButton href={scimLogExportHref(query, "ndjson")} download>
                Export NDJSON
              </AnchorButton>
            </>
          )
        }
      />
      {(!empty || filtered) && <ScimLogFilters query={query} loginMethods={methods} />}
      {!empty && <ScimLogTable entries={page.entries} />}
      {empty && filtered && (
        <EmptyState
          title="Nothing matches"
          actions={<LinkButton href="/logs/scim">Clear filters</LinkButton>}
        >
          No entry fits these filters.
        </EmptyState>
      )}
      {empty && !filtered && (
        <EmptyState
          title="No SCIM requests yet"
          actions={<LinkButton href="/settings/authentication">Login methods</LinkButton>}
        >
          Is the endpoint pasted? Turn on Enable SCIM in a login method, then paste its SCIM
          Endpoint and SCIM Secret into your provider.
        </EmptyState>
      )}
      <ScimLogPager query={query} next={page.next} />
    </>
  );
}
