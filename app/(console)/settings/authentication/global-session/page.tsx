import type { Metadata } from "next";
import { CountryHeaderCard } from "@/components/global-session/country-header-card";
import { SessionDurationCard } from "@/components/global-session/session-duration-card";
import { SigningKeysCard } from "@/components/global-session/signing-keys-card";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { listSigningKeys } from "@/lib/keys/store";
import { globalSession } from "@/lib/team/global-session/store";
import { installation } from "@/lib/team/store";
import { AuthenticationHead } from "../tabs";
import { rotate, saveCountryHeader, saveDuration, saveRotationDays } from "./actions";

export const metadata: Metadata = { title: "Global session - Authentication" };

export default async function GlobalSessionPage() {
  const viewer = await requireViewer();
  const [settings, keys, { teamDomain }] = await Promise.all([
    globalSession(viewer),
    listSigningKeys(viewer),
    installation(),
  ]);
  const mayChange = isAdmin(viewer);
  return (
    <>
      <AuthenticationHead current="Global session" />
      <SessionDurationCard
        sessionDuration={settings.sessionDuration}
        mayChange={mayChange}
        save={saveDuration}
      />
      <SigningKeysCard
        keys={keys.map(({ kid, createdAt, expiresAt, state }) => ({
          kid,
          createdAt,
          expiresAt,
          state,
        }))}
        rotationDays={settings.keyRotationDays}
        certsUrl={`${teamDomain}/cdn-cgi/access/certs`}
        mayChange={mayChange}
        rotate={rotate}
        saveDays={saveRotationDays}
      />
      <CountryHeaderCard
        countryHeader={settings.countryHeader}
        mayChange={mayChange}
        save={saveCountryHeader}
      />
    </>
  );
}
