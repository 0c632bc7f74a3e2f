import type { Metadata } from "next";
import { DesignEditor } from "@/components/custom-pages/design-form";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { formOf } from "@/lib/custom-pages/schema";
import { getLoginDesign } from "@/lib/custom-pages/store";
import { installation } from "@/lib/team/store";
import { saveDesign } from "./actions";

export const metadata: Metadata = { title: "Access login page - Custom Pages" };

export default async function LoginDesignPage() {
  const viewer = await requireViewer();
  const [design, { teamName }] = await Promise.all([getLoginDesign(viewer), installation()]);
  return (
    <>
      <PageHeader
        title="Access login page"
        breadcrumbs={[
          { label: "Settings" },
          { label: "Custom Pages", href: "/settings/custom-pages" },
          { label: "Access login page" },
        ]}
        description="The login page, block pages and the App Launcher of all applications look like this."
      />
      <DesignEditor
        design={formOf(design)}
        teamName={teamName ?? ""}
        mayChange={isAdmin(viewer)}
        save={saveDesign}
      />
    </>
  );
}
