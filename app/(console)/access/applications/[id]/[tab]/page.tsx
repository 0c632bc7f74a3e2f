import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as z from "zod";
import { ApplicationMenu } from "@/components/applications/application-actions";
import { ApplicationForm, type Section } from "@/components/applications/application-form";
import {
  applicationHref,
  isTab,
  TABS,
  type TabId,
} from "@/components/applications/application-words";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { getApplication } from "@/lib/applications/store";
import { FRONT_ENDS } from "@/lib/gate/front-ends/schema";
import { isAppError } from "@/lib/kit/errors";
import { APPLICATIONS, crumbs } from "../../../crumbs";
import { testerFor } from "../../../tester";
import { add, change, remove, revoke, setEnabled } from "../../actions";
import { choicesFor } from "../../choices";
import { Overview } from "./overview";

interface Props {
  params: Promise<{ id: string; tab: string }>;
  searchParams: Promise<Record<"proxy" | "run" | "user" | "entry", string | string[] | undefined>>;
}

const SECTIONS: Record<Exclude<TabId, "overview">, Section[]> = {
  policies: ["policies"],
  authentication: ["authentication"],
  experience: ["experience"],
  advanced: ["advanced"],
};

const applicationOf = cache(async (id: string) => {
  const viewer = await requireViewer();
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return { viewer, application: await getApplication(viewer, id) };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const { id, tab } = await params;
  const { application } = await applicationOf(id);
  const label = TABS.find((one) => one.id === tab)?.label;
  return { title: [label, application.name, "Applications"].filter(Boolean).join(" - ") };
}

export default async function ApplicationTabPage({ params, searchParams }: Props) {
  const [{ id, tab }, { proxy, ...begin }] = await Promise.all([params, searchParams]);
  const { viewer, application } = await applicationOf(id);
  if (!isTab(tab)) notFound();
  const mayChange = isAdmin(viewer);
  const [choices, tester] = await Promise.all([choicesFor(viewer), testerFor(viewer, begin)]);
  const { name, enabled } = application;
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            <span className="min-w-0 break-words">{name}</span>
            <Badge tone={enabled ? "success" : "neutral"}>{enabled ? "Enabled" : "Disabled"}</Badge>
          </span>
        }
        breadcrumbs={crumbs(APPLICATIONS, name)}
        actions={
          mayChange && (
            <ApplicationMenu
              application={{ id, name, enabled }}
              actions={{ setEnabled, revoke, remove }}
              onPage
            />
          )
        }
      />
      <LinkTabs
        label="Application"
        tabs={TABS.map((one) => ({
          label: one.label,
          href: applicationHref(id, one.id),
          current: one.id === tab,
        }))}
      />
      {tab === "overview" && (
        <Overview
          viewer={viewer}
          application={application}
          choices={choices}
          proxy={FRONT_ENDS.find((known) => known === proxy)}
        />
      )}
      <ApplicationForm
        // Another tab begins with what is saved.
        key={tab}
        application={application}
        sections={tab === "overview" ? ["basic"] : SECTIONS[tab]}
        choices={choices}
        readOnly={!mayChange}
        add={add}
        change={change}
        tester={tab === "policies" || tab === "authentication" ? tester : null}
      />
    </>
  );
}
