import { OpeningsSection } from "@/components/test-runs/openings";
import { listLoginMethods } from "@/lib/login-methods/store";
import { openingsFor } from "@/lib/test-runs/opens/store";
import { loadUser, UserFrame, type UserPageProps, userTitle } from "../user-page";

export const generateMetadata = userTitle;

/** What the policies make of the person, application by application. */
export default async function PoliciesPage({ params }: UserPageProps) {
  const { viewer, user } = await loadUser((await params).id);
  const [openings, methods] = await Promise.all([
    openingsFor(viewer, user.identity),
    listLoginMethods(viewer),
  ]);
  const method = methods.find(({ id }) => id === user.loginMethod.id);
  return (
    <UserFrame viewer={viewer} user={user} tab="policies">
      <OpeningsSection
        openings={openings}
        loginMethod={{
          name: user.loginMethod.name,
          saved: method !== undefined,
          enabled: method?.enabled ?? false,
        }}
        tester={{ by: "user", id: user.id }}
      />
    </UserFrame>
  );
}
