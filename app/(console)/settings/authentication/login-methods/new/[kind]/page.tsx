import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FormPage } from "@/components/login-methods/form-page";
import { PageHeader } from "@/components/ui/page-header";
import { requireAdmin } from "@/lib/admins/require-admin";
import { connectorFor, findConnector, isConnectorKind } from "@/lib/connectors";
import { installation, outboundPolicy, practiceProviders } from "@/lib/team/store";
import { add, change } from "../../actions";

interface Props {
  params: Promise<{ kind: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const connector = findConnector((await params).kind);
  return { title: connector ? `Add ${connector.label} - Login methods` : "Page not found" };
}

export default async function AddPage({ params }: Props) {
  await requireAdmin();
  const { kind } = await params;
  if (!isConnectorKind(kind)) notFound();
  const connector = connectorFor(kind);
  const [{ callbackUrl, teamDomain }, practice, { allow }] = await Promise.all([
    installation(),
    practiceProviders(),
    outboundPolicy(),
  ]);
  return (
    <>
      <PageHeader
        title={`Add ${connector.label}`}
        description={connector.summary}
        breadcrumbs={[
          { label: "Settings" },
          { label: "Authentication", href: "/settings/authentication" },
          { label: "Login methods", href: "/settings/authentication" },
          { label: "Add new", href: "/settings/authentication/login-methods/new" },
          { label: connector.label },
        ]}
      />
      <FormPage
        kind={kind}
        method={null}
        draftId={randomUUID()}
        place={{ callbackUrl, teamDomain }}
        claims={{ seen: null, suggestions: [] }}
        practice={practice.filter((provider) => provider.kind === kind)}
        allowedHosts={allow}
        readOnly={false}
        focus={null}
        justAdded={false}
        add={add}
        change={change}
      />
    </>
  );
}
