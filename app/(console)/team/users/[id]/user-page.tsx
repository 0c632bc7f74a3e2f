import { notFound } from "next/navigation";
import { cache, type ReactNode } from "react";
import * as z from "zod";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";
import { UserActions } from "@/components/users/user-actions";
import { requireViewer } from "@/lib/admins/require-admin";
import type { Viewer } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import type { UserDetail } from "@/lib/users/schema";
import { getUser } from "@/lib/users/store";
import { disable, enable, remove, revoke } from "../actions";

export interface UserPageProps {
  params: Promise<{ id: string }>;
}

const TABS = [
  ["identity", "User Registry identity"],
  ["policies", "Policies"],
  ["sessions", "Session identities"],
  ["activity", "Recent activities"],
  ["audit", "Audit logs"],
] as const;
type Tab = (typeof TABS)[number][0];

/** The person whom an address names, or the page that says there is none. Once per request. */
export const loadUser = cache(async (id: string): Promise<{ viewer: Viewer; user: UserDetail }> => {
  const viewer = await requireViewer();
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return { viewer, user: await getUser(viewer, id) };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

export async function userTitle({ params }: UserPageProps): Promise<{ title: string }> {
  const { user } = await loadUser((await params).id);
  return { title: `${user.email} - Users` };
}

/** What the tabs of a person share. */
export function UserFrame(props: {
  viewer: Viewer;
  user: UserDetail;
  tab: Tab;
  children: ReactNode;
}) {
  const { viewer, user, tab, children } = props;
  return (
    <>
      <PageHeader
        title={user.email}
        description={user.name}
        breadcrumbs={[{ label: "My Team" }, { label: "Users", href: "/team/users" }]}
        actions={
          viewer.role !== "read_only" && (
            <UserActions
              user={user}
              revoke={revoke}
              disable={disable}
              enable={enable}
              remove={remove}
              afterRemoval="/team/users"
            />
          )
        }
      />
      <LinkTabs
        label={user.email}
        tabs={TABS.map(([name, label]) => ({
          label,
          href: `/team/users/${user.id}/${name}`,
          current: name === tab,
        }))}
      />
      {children}
    </>
  );
}
