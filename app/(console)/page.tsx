import type { Metadata } from "next";
import { LoginMethodsCard } from "@/components/overview/login-methods-card";
import { NextSteps } from "@/components/overview/next-steps";
import { RecentChanges } from "@/components/overview/recent-changes";
import { Card } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy";
import { PageHeader } from "@/components/ui/page-header";
import { listInvitations } from "@/lib/admins/invitations/store";
import { requireViewer } from "@/lib/admins/require-admin";
import { listAdmins } from "@/lib/admins/store";
import { listApplications } from "@/lib/applications/store";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChanges } from "@/lib/audit/store";
import type { Viewer } from "@/lib/kit/actor";
import { listLoginMethods } from "@/lib/login-methods/store";
import { listPolicies } from "@/lib/policies/store";
import { installation } from "@/lib/team/store";
import { latestRuns } from "@/lib/test-runs/store";

/** Absolute, for the layout's template does not reach the page of its own segment. */
export async function generateMetadata(): Promise<Metadata> {
  const { teamName } = await installation();
  return { title: { absolute: `Overview - ${teamName ?? "Gatehouse"}` } };
}

const RECENT = 6;

async function overview(viewer: Viewer) {
  const [methods, admins, invitations, policies, applications, changes] = await Promise.all([
    listLoginMethods(viewer),
    listAdmins(viewer),
    listInvitations(viewer),
    listPolicies(viewer),
    listApplications(viewer),
    listChanges(viewer, auditQuerySchema.parse({}), RECENT),
  ]);
  const runs = await latestRuns(viewer, methods);
  return {
    facts: {
      methods: methods.map(({ id, name, kind, enabled, fingerprint }) => ({
        id,
        name,
        kind,
        enabled,
        fingerprint,
        lastTest: runs[id] ?? null,
      })),
      admins: admins.length,
      invited: invitations.filter(({ expired }) => !expired).length,
      policies: policies.length,
      applications: applications.length,
    },
    changes: changes.entries,
  };
}

export default async function OverviewPage() {
  const viewer = await requireViewer();
  const [{ callbackUrl }, { facts, changes }] = await Promise.all([
    installation(),
    overview(viewer),
  ]);
  return (
    <>
      <PageHeader
        title="Overview"
        description="Who signs in here, with what, and whether it works."
      />
      <div className="space-y-5">
        <NextSteps
          facts={facts}
          mayChange={viewer.role !== "read_only"}
          mayInvite={viewer.role === "owner"}
        />
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <LoginMethodsCard methods={facts.methods} />
          <div>
            <Card
              title="Callback URL"
              description="Register this address at every identity provider."
            >
              <CopyField
                label="Callback URL"
                labelHidden
                value={callbackUrl}
                note="Exactly as it stands here, with no slash at the end."
              />
            </Card>
          </div>
        </div>
        <RecentChanges entries={changes} />
      </div>
    </>
  );
}
