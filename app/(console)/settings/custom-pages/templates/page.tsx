import type { Metadata } from "next";
import { TemplatesTable } from "@/components/custom-pages/templates-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { listTemplates } from "@/lib/custom-pages/templates/store";
import { remove } from "./actions";
import { crumbs } from "./crumbs";

export const metadata: Metadata = { title: "Page templates - Custom Pages" };

export default async function TemplatesPage() {
  const viewer = await requireViewer();
  const templates = await listTemplates(viewer);
  const mayChange = isAdmin(viewer);
  const add = mayChange && (
    <LinkButton href="/settings/custom-pages/templates/new" variant="primary">
      Add a page template
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Page templates"
        breadcrumbs={crumbs()}
        description="Block pages of your own HTML. Choose one in an application under Block page."
        actions={templates.length > 0 && add}
      />
      {templates.length > 0 ? (
        <TemplatesTable
          templates={templates.map(({ html: _, ...rest }) => rest)}
          mayChange={mayChange}
          remove={remove}
        />
      ) : (
        <EmptyState title="No page templates yet" actions={add}>
          Without one, people see the default block page, in the look of the login page.
        </EmptyState>
      )}
    </>
  );
}
