import { IdentityCards } from "@/components/users/identity-cards";
import { previewDeprovision, pushedPerson } from "@/lib/scim/effects/registry/store";
import { registryIdentity } from "@/lib/users/get-identity";
import { identityChanges } from "@/lib/users/identity-changes";
import { loadUser, UserFrame, type UserPageProps, userTitle } from "../user-page";

export const generateMetadata = userTitle;

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
        changes={previousIdentity && identityChanges(previousIdentity, identity)}
        json={registryIdentity(user)}
      />
    </UserFrame>
  );
}
