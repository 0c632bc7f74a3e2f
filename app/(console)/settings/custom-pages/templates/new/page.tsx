import type { Metadata } from "next";
import { TemplateForm } from "@/components/custom-pages/template-form";
import { PageHeader } from "@/components/ui/page-header";
import { requireAdminPage } from "@/lib/admins/require-admin";
import { FIRST_HTML } from "@/lib/custom-pages/template-notes";
import { add } from "../actions";
import { crumbs } from "../crumbs";

export const metadata: Metadata = { title: "Add a page template - Custom Pages" };

export default async function NewTemplatePage() {
  await requireAdminPage();
  return (
    <>
      <PageHeader title="Add a page template" breadcrumbs={crumbs("Add a page template")} />
      <TemplateForm
        template={{ name: "", type: "identity_denied", html: FIRST_HTML }}
        usedBy={[]}
        mayChange
        save={add}
        isNew
      />
    </>
  );
}
