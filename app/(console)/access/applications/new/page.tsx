import type { Metadata } from "next";
import { ApplicationForm } from "@/components/applications/application-form";
import { Banner } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { requireAdminPage } from "@/lib/admins/require-admin";
import { practiceApplication } from "@/lib/team/practice";
import { APPLICATIONS, crumbs } from "../../crumbs";
import { testerFor } from "../../tester";
import { add, change } from "../actions";
import { choicesFor } from "../choices";

export const metadata: Metadata = { title: "Add an application - Access" };

export default async function NewApplicationPage() {
  const admin = await requireAdminPage();
  const [choices, tester, practice] = await Promise.all([
    choicesFor(admin),
    testerFor(admin),
    practiceApplication(),
  ]);
  return (
    <>
      <PageHeader
        title="Add an application"
        breadcrumbs={crumbs(APPLICATIONS, "Add an application")}
        description="Self-hosted: a site of your own behind a reverse proxy that asks the gate."
      />
      {practice && (
        <div className="mb-5">
          <Banner tone="info" title="There is a practice application on this computer">
            Use the public hostname <code className="font-mono">{practice.host}</code>, then open{" "}
            <a href={practice.url} className="underline">
              {practice.url}
            </a>
            .
          </Banner>
        </div>
      )}
      <ApplicationForm
        application={null}
        sections={["basic", "policies", "authentication"]}
        choices={choices}
        readOnly={false}
        add={add}
        change={change}
        tester={tester}
      />
    </>
  );
}
