import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ReplayCard } from "@/components/scim-log/replay-card";
import { ScimLogDetail } from "@/components/scim-log/scim-log-detail";
import { CopyButton } from "@/components/ui/copy";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { isAppError } from "@/lib/kit/errors";
import { findPersonOf } from "@/lib/scim/directory/store";
import { cloudflareEntry } from "@/lib/scim/log/cloudflare-entry";
import { getScimLog } from "@/lib/scim/log/store";
import { requestWords } from "@/lib/scim/log/words";
import { replay } from "../actions";

interface Props {
  params: Promise<{ id: string }>;
}

const load = cache(async (id: string) => {
  const viewer = await requireViewer();
  if (!/^\d{1,15}$/.test(id)) notFound();
  try {
    return { viewer, entry: await getScimLog(viewer, Number(id)) };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { entry } = await load((await params).id);
  return { title: `${requestWords(entry)} - SCIM provisioning` };
}

export default async function ScimLogEntryPage({ params }: Props) {
  const { viewer, entry } = await load((await params).id);
  const { resourceType, resourceId } = entry;
  const isUser = resourceType === "USER" && resourceId !== null;
  const personId = isUser ? await findPersonOf(viewer, resourceId) : null;
  return (
    <>
      <PageHeader
        title={requestWords(entry)}
        breadcrumbs={[{ label: "Logs" }, { label: "SCIM provisioning", href: "/logs/scim" }]}
        actions={
          <CopyButton
            value={JSON.stringify(cloudflareEntry(entry), null, 2)}
            label="Copy as JSON"
          />
        }
      />
      <ScimLogDetail
        entry={entry}
        personId={personId}
        replay={isAdmin(viewer) && entry.method && <ReplayCard id={entry.id} action={replay} />}
      />
    </>
  );
}
