import { AccessTable } from "@/components/access-log/access-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { accessOf } from "@/lib/access-log/links";
import { accessQuerySchema } from "@/lib/access-log/schema";
import { listAccess } from "@/lib/access-log/store";
import { loadUser, UserFrame, type UserPageProps, userTitle } from "../user-page";

export const generateMetadata = userTitle;

const RECENT = 5;

export default async function ActivityPage({ params }: UserPageProps) {
  const { viewer, user } = await loadUser((await params).id);
  const query = accessQuerySchema.parse({ user: user.id });
  const { entries } = await listAccess(viewer, query, RECENT);
  return (
    <UserFrame viewer={viewer} user={user} tab="activity">
      {entries.length > 0 ? (
        <>
          <AccessTable entries={entries} query={query} />
          <div className="mt-4">
            <LinkButton href={accessOf({ user: user.id })}>View all in the Access log</LinkButton>
          </div>
        </>
      ) : (
        <EmptyState title="Nothing yet">The last logins of this person will stand here.</EmptyState>
      )}
    </UserFrame>
  );
}
