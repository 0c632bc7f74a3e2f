import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { SetupWizard } from "@/components/setup/setup-wizard";
import { env } from "@/lib/kit/env";
import { installation } from "@/lib/team/store";
import { finishSetup, runSelfChecks, unlockSetup } from "./actions";

export const metadata: Metadata = { title: "Set up Gatehouse" };

export default async function SetupPage() {
  await connection();
  const { setupDone, consoleUrl } = await installation();
  if (setupDone) notFound();
  return (
    <SetupWizard
      consoleUrl={consoleUrl}
      authDomain={env().authDomain}
      unlock={unlockSetup}
      runChecks={runSelfChecks}
      finish={finishSetup}
    />
  );
}
