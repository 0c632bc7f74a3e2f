import { EmptyState } from "@/components/ui/empty-state";
import { SessionList } from "@/components/users/session-list";
import { isAdmin } from "@/lib/admins/capability";
import { listSessions } from "@/lib/sessions/store";
import { revokeOne } from "../../actions";
import { loadUser, UserFrame, type UserPageProps, userTitle } from "../user-page";

export const generateMetadata = userTitle;

export default async function SessionsPage({ params }: UserPageProps) {
  const { viewer, user } = await loadUser((await params).id);
  const sessions = await listSessions(viewer, user.id);
  return (
    <UserFrame viewer={viewer} user={user} tab="sessions">
      {sessions.length > 0 ? (
        <SessionList
          sessions={sessions}
          now={Date.now()}
          revoke={isAdmin(viewer) ? revokeOne : null}
        />
      ) : (
        <EmptyState title="No sessions">
          This person is signed in nowhere. Sessions that ended are kept for a while.
        </EmptyState>
      )}
    </UserFrame>
  );
}
