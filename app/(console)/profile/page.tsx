import type { Metadata } from "next";
import { cookies } from "next/headers";
import { ProfileName } from "@/components/admins/profile-name";
import { ProfilePassword } from "@/components/admins/profile-password";
import { SignOutElsewhere } from "@/components/admins/sign-out-elsewhere";
import { SINGLE_KEYS_COOKIE, singleKeysFrom } from "@/components/shell/shortcuts/single-keys";
import { SingleKeysSwitch } from "@/components/shell/shortcuts/single-keys-switch";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/admins/require-admin";
import { ROLE_WORDS } from "@/lib/admins/schema";
import { saveName, savePassword, signOutElsewhere } from "./actions";

export const metadata: Metadata = { title: "Profile" };

export default async function ProfilePage() {
  const { name, email, role } = await requireViewer();
  const { label, may } = ROLE_WORDS[role];
  const singleKeys = singleKeysFrom((await cookies()).get(SINGLE_KEYS_COOKIE)?.value);
  return (
    <>
      <PageHeader title="Profile" description={`${email} · ${label}: ${may.toLowerCase()}.`} />
      <Card title="Name" description="Stands beside each change in the Admin log.">
        <ProfileName name={name} save={saveName} />
      </Card>
      <Card
        title="Password"
        description="Changing it signs you out everywhere except in this browser."
      >
        <ProfilePassword email={email} save={savePassword} />
      </Card>
      <Card
        title="Other sessions"
        description="A session ends 12 hours after sign-in. End the others now if a device is lost."
      >
        <SignOutElsewhere signOut={signOutElsewhere} />
      </Card>
      <Card title="Keyboard" description="Press ? anywhere to see every shortcut.">
        <SingleKeysSwitch on={singleKeys} />
      </Card>
    </>
  );
}
