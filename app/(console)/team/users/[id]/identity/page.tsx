import { IdentityCards } from "@/components/users/identity-cards";
import { diffOf } from "@/lib/audit/diff";
import { previewDeprovision, pushedPerson } from "@/lib/scim/effects/registry/store";
import { registryIdentity } from "@/lib/users/get-identity";
import type { PersonIdentity } from "@/lib/users/schema";
import { loadUser, UserFrame, type UserPageProps, userTitle } from "../user-page";

export const generateMetadata = userTitle;

/** Without when it was said: that always differs. */
const comparable = ({ scim, ...said }: PersonIdentity) => ({
  ...said,
  scim: scim && { ...scim, refreshedAt: undefined },
});

export default async function IdentityPage({ params }: UserPageProps) {
  const { viewer, user } = await loadUser((await params).id);
  const { identity, previousIdentity } = user;
  const [pushed, preview] = await Promise.all([
    pushedPerson(viewer, user.id),
    previewDeprovision(viewer, user.id),
  ]);
  return (
    <UserFrame viewer={viewer} user={user} tab="identity">
      <IdentityCards
        user={user}
        pushed={pushed}
        preview={preview}
        changes={previousIdentity && diffOf(comparable(previousIdentity), comparable(identity))}
        json={registryIdentity(user)}
      />
    </UserFrame>
  );
}
