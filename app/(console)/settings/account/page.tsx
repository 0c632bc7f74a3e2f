import type { Metadata } from "next";
import { AdminsTable } from "@/components/admins/admins-table";
import { InvitationsTable } from "@/components/admins/invitations-table";
import { InviteAdmin } from "@/components/admins/invite-admin";
import { Banner } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { isOwner } from "@/lib/admins/capability";
import { listInvitations } from "@/lib/admins/invitations/store";
import { requireViewer } from "@/lib/admins/require-admin";
import { listAdmins } from "@/lib/admins/store";
import { invite, remove, revoke, setRole } from "./actions";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const viewer = await requireViewer();
  const owner = isOwner(viewer);
  const [admins, invitations] = await Promise.all([listAdmins(viewer), listInvitations(viewer)]);
  return (
    <>
      <PageHeader
        title="Account"
        breadcrumbs={[{ label: "Settings" }, { label: "Account" }]}
        description="The people who run this installation. They sign in with an email and a password, not with a login method."
        actions={owner && <InviteAdmin invite={invite} />}
      />
      {!owner && viewer.role === "admin" && (
        <div className="mb-5">
          <Banner tone="info" title="Owners decide who the admins are.">
            Ask one of them to invite somebody, or to change a role.
          </Banner>
        </div>
      )}
      <AdminsTable
        admins={admins}
        ownId={viewer.id}
        mayChange={owner}
        setRole={setRole}
        remove={remove}
      />
      {invitations.length > 0 && (
        <section aria-labelledby="invitations" className="mt-8">
          <h2 id="invitations" className="mb-3 font-semibold text-base">
            Invitations
          </h2>
          <InvitationsTable invitations={invitations} mayChange={owner} revoke={revoke} />
        </section>
      )}
    </>
  );
}
