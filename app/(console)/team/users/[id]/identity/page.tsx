import { IdentityCards } from "@/components/users/identity-cards";
import { diffOf } from "@/lib/audit/diff";
import { registryIdentity } from "@/lib/users/get-identity";
import { loadUser, UserFrame, type UserPageProps, userTitle } from "../user-page";

export const generateMetadata = userTitle;

export default async function IdentityPage({ params }: UserPageProps) {
  const { viewer, user } = await loadUser((await params).id);
  const { identity, previousIdentity } = user;
  return (
    <UserFrame viewer={viewer} user={user} tab="identity">
      <IdentityCards
        user={user}
        changes={previousIdentity && diffOf(previousIdentity, identity)}
        json={registryIdentity(user)}
      />
    </UserFrame>
  );
}
