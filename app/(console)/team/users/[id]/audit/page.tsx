import Link from "next/link";
import { AuditTable } from "@/components/audit/audit-table";
import { EmptyState } from "@/components/ui/empty-state";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChangesOf } from "@/lib/audit/store";
import { scimLogOf } from "@/lib/scim/log/links";
import { loadUser, UserFrame, type UserPageProps, userTitle } from "../user-page";

export const generateMetadata = userTitle;

export default async function AuditPage({ params }: UserPageProps) {
  const { viewer, user } = await loadUser((await params).id);
  const entries = await listChangesOf(viewer, "user", user.id);
  return (
    <UserFrame viewer={viewer} user={user} tab="audit">
      {entries.length > 0 ? (
        <AuditTable entries={entries} query={auditQuerySchema.parse({})} />
      ) : (
        <EmptyState title="Nothing yet">
          No admin has changed anything about this person, and each login said the same as the one
          before.
        </EmptyState>
      )}
      {user.source === "scim" && (
        <p className="mt-4 text-muted text-sm">
          What the provider pushes about them stands in the{" "}
          <Link href={scimLogOf({ q: user.email })} className="underline">
            SCIM provisioning log
          </Link>
          .
        </p>
      )}
    </UserFrame>
  );
}
