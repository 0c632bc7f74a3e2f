import type { Metadata } from "next";
import { ApplicationTable } from "@/components/applications/application-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { listApplications } from "@/lib/applications/store";
import { APPLICATIONS, crumbs } from "../crumbs";
import { remove, revoke, setEnabled } from "./actions";

export const metadata: Metadata = { title: "Applications - Access" };

export default async function ApplicationsPage() {
  const viewer = await requireViewer();
  const applications = await listApplications(viewer);
  const mayChange = isAdmin(viewer);
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
        actions={applications.length > 0 && add}
      />
      {applications.length > 0 ? (
        <ApplicationTable
          applications={applications}
          actions={mayChange ? { setEnabled, revoke, remove } : null}
        />
      ) : (
        <EmptyState title="No applications yet" actions={add}>
          Name the hosts of an application, choose who may open it, and paste the configuration that
          you get into your reverse proxy.
        </EmptyState>
      )}
    </>
  );
}
