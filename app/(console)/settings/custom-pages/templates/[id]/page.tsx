import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as z from "zod";
import { TemplateForm } from "@/components/custom-pages/template-form";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import type { TemplateInput } from "@/lib/custom-pages/schema";
import { getTemplate } from "@/lib/custom-pages/templates/store";
import { isAppError } from "@/lib/kit/errors";
import { change } from "../actions";
import { crumbs } from "../crumbs";

interface Params {
  params: Promise<{ id: string }>;
}

const templateOf = cache(async (id: string) => {
  const viewer = await requireViewer();
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return { viewer, template: await getTemplate(viewer, id) };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { template } = await templateOf((await params).id);
  return { title: `${template.name} - Custom Pages` };
}

export default async function TemplatePage({ params }: Params) {
  const { id } = await params;
  const { viewer, template } = await templateOf(id);
  const { name, type, html, usedBy } = template;
  async function save(input: TemplateInput) {
    "use server";
    return change({ ...input, id });
  }
  return (
    <>
      <PageHeader title={name} breadcrumbs={crumbs(name)} />
      <TemplateForm
        template={{ name, type, html }}
        usedBy={usedBy.map((application) => application.name)}
        mayChange={isAdmin(viewer)}
        save={save}
      />
    </>
  );
}
