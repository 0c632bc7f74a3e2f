import type { Metadata } from "next";
import { PageCards } from "@/components/custom-pages/page-cards";
import { TeamDomainCard } from "@/components/team/team-domain-card";
import { TeamNameCard } from "@/components/team/team-name-card";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { getLoginDesign } from "@/lib/custom-pages/store";
import { listTemplates } from "@/lib/custom-pages/templates/store";
import { env } from "@/lib/kit/env";
import { listLoginMethods } from "@/lib/login-methods/store";
import { installation } from "@/lib/team/store";
import { saveTeamName } from "./actions";

export const metadata: Metadata = { title: "Custom Pages" };

export default async function CustomPagesPage() {
  const viewer = await requireViewer();
  const [facts, methods, design, templates] = await Promise.all([
    installation(),
    listLoginMethods(viewer),
    getLoginDesign(viewer),
    listTemplates(viewer),
  ]);
  return (
    <>
      <PageHeader
        title="Custom Pages"
        breadcrumbs={[{ label: "Settings" }, { label: "Custom Pages" }]}
        description="The name and address of your team, and the pages that people see."
      />
      <TeamNameCard
        teamName={facts.teamName ?? ""}
        consoleUrl={facts.consoleUrl}
        authDomain={env().authDomain}
        loginMethods={methods.map(({ id, name }) => ({ id, name }))}
        mayChange={isAdmin(viewer)}
        rename={saveTeamName}
      />
      <TeamDomainCard teamDomain={facts.teamDomain} callbackUrl={facts.callbackUrl} />
      <PageCards
        organization={design.organization_name || (facts.teamName ?? "")}
        templates={templates.length}
        launcherUrl={`${facts.teamDomain}/cdn-cgi/access/launcher`}
      />
    </>
  );
}
