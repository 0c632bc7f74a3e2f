import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { FormPage } from "@/components/login-methods/form-page";
import { ClientKeys } from "@/components/login-methods/key-context";
import { practiceFor } from "@/components/login-methods/practice-values";
import { StatusBadge } from "@/components/login-methods/status-badge";
import { ShareTestLink } from "@/components/test-links/share-test-link";
import { TestLink } from "@/components/test-runs/test-link";
import { Banner } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/admins/require-admin";
import { listClientKeys } from "@/lib/client-keys/store";
import { connectorFor, findConnector, isConnectorKind } from "@/lib/connectors";
import type { Viewer } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import type { LoginMethod } from "@/lib/login-methods/schema";
import { getLoginMethod } from "@/lib/login-methods/store";
import { installation, outboundPolicy, practiceProviders } from "@/lib/team/store";
import { latestRuns } from "@/lib/test-runs/store";
import { add, change, remove, setEnabled } from "../actions";
import { formStart } from "../form-start";
import { keyActions } from "../key-actions-of";
import { claimHints } from "./claim-hints";
import { PageActions } from "./page-actions";
import { scimPanelData } from "./scim-panel-data";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

async function load(viewer: Viewer, id: string): Promise<LoginMethod> {
  try {
    return await getLoginMethod(viewer, id);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await load(await requireViewer(), (await params).id);
  return { title: `${name} - Login methods` };
}

async function Form({
  viewer,
  method,
  query,
}: {
  viewer: Viewer;
  method: LoginMethod;
  query: Awaited<Props["searchParams"]>;
}) {
  const { id, kind } = method;
  if (!isConnectorKind(kind)) {
    return (
      <Banner tone="warning" title={`This version of Gatehouse does not know the type ${kind}`}>
        Its settings are kept as they are. Start the version that added it to change or test it, or
        delete it here.
      </Banner>
    );
  }
  const { callbackUrl, teamDomain, consoleUrl } = await installation();
  const [practice, claims, { allow }, runs, begun, keys, scimPanel] = await Promise.all([
    practiceProviders(),
    claimHints(viewer, id),
    outboundPolicy(),
    latestRuns(viewer, [method]),
    formStart(viewer, query, { kind, method }),
    listClientKeys(viewer, id),
    scimPanelData(viewer, method, consoleUrl),
  ]);
  return (
    <ClientKeys key={id} initial={keys} actions={keyActions} teamDomain={teamDomain}>
      <FormPage
        kind={kind}
        method={method}
        {...begun}
        tested={runs[id] ?? null}
        draftId={id}
        place={{ callbackUrl, teamDomain }}
        claims={claims}
        practice={practiceFor(connectorFor(kind), practice)}
        allowedHosts={allow}
        readOnly={viewer.role === "read_only"}
        focus={typeof query.field === "string" ? query.field : null}
        scimPanel={scimPanel}
        justAdded={query.added !== undefined}
        add={add}
        change={change}
      />
    </ClientKeys>
  );
}

export default async function LoginMethodPage({ params, searchParams }: Props) {
  const viewer = await requireViewer();
  const method = await load(viewer, (await params).id);
  const connector = findConnector(method.kind);
  const readOnly = viewer.role === "read_only";
  return (
    <>
      <PageHeader
        title={method.name}
        description={
          <span className="flex flex-wrap items-center gap-2">
            {connector?.label ?? method.kind} <StatusBadge enabled={method.enabled} />
            <Link
              href={`/settings/authentication/login-methods/${method.id}/tests`}
              className="underline"
            >
              Tests
            </Link>
          </span>
        }
        breadcrumbs={[
          { label: "Settings" },
          { label: "Authentication", href: "/settings/authentication" },
          { label: "Login methods", href: "/settings/authentication" },
          { label: method.name },
        ]}
        actions={
          !readOnly && (
            <>
              {connector && <TestLink loginMethodId={method.id} name={method.name} />}
              {connector && <ShareTestLink loginMethodId={method.id} name={method.name} />}
              <PageActions
                id={method.id}
                kind={connector && method.kind}
                name={method.name}
                enabled={method.enabled}
                setEnabled={setEnabled}
                remove={remove}
              />
            </>
          )
        }
      />
      <Form viewer={viewer} method={method} query={await searchParams} />
    </>
  );
}
