import type { Metadata } from "next";
import { HealthCard } from "@/components/team/health-card";
import { PracticeCard } from "@/components/team/practice-card";
import { PrivateNetworks } from "@/components/team/private-networks";
import { PageHeader } from "@/components/ui/page-header";
import { isOwner } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { outboundSettings, practiceProviders, systemHealth } from "@/lib/team/store";
import { saveOutboundAllow } from "./actions";

export const metadata: Metadata = { title: "System" };

export default async function SystemPage() {
  const viewer = await requireViewer();
  const [health, outbound, practice] = await Promise.all([
    systemHealth(viewer),
    outboundSettings(viewer),
    practiceProviders(),
  ]);
  return (
    <>
      <PageHeader
        title="System"
        breadcrumbs={[{ label: "Settings" }, { label: "System" }]}
        description="What this installation runs on, and what it may reach."
      />
      <PrivateNetworks
        key={outbound.entries.join()}
        {...outbound}
        mayChange={isOwner(viewer)}
        save={saveOutboundAllow}
      />
      <HealthCard health={health} />
      {practice.length > 0 && <PracticeCard providers={practice} />}
    </>
  );
}
