import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound, permanentRedirect, redirect } from "next/navigation";
import * as z from "zod";
import { FormPage } from "@/components/login-methods/form-page";
import { ClientKeys } from "@/components/login-methods/key-context";
import { practiceFor } from "@/components/login-methods/practice-values";
import { methodPath } from "@/components/test-runs/words";
import { Banner } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { requireAdminPage } from "@/lib/admins/require-admin";
import { listClientKeys } from "@/lib/client-keys/store";
import { allConnectors, connectorFor, findConnector, isConnectorKind } from "@/lib/connectors";
import type { Connector } from "@/lib/connectors/definition";
import type { Admin } from "@/lib/kit/actor";
import { copyOf, type MethodCopy } from "@/lib/login-methods/copy-of";
import { listLoginMethods } from "@/lib/login-methods/store";
import { installation, outboundPolicy, practiceProviders } from "@/lib/team/store";
import { findLoginMethod } from "@/lib/test-runs/find-login-method";
import { claimHints } from "../../[id]/claim-hints";
import { add, change } from "../../actions";
import { formStart } from "../../form-start";
import { keyActions } from "../../key-actions-of";

const NEW = "/settings/authentication/login-methods/new";

interface Props {
  params: Promise<{ kind: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The same type by the name that Cloudflare's API gives it, such as `azureAD`. */
const byCloudflareType = (name: string): Connector | undefined =>
  allConnectors.find(
    ({ kind, type }) => kind !== name && type.toLowerCase() === name.toLowerCase(),
  );

/** The login method that this one is made from; a link to one that is gone begins empty. */
async function copied(
  admin: Admin,
  connector: Connector,
  id: string | string[] | undefined,
): Promise<MethodCopy | null> {
  if (id === undefined) return null;
  const methods = await listLoginMethods(admin);
  const method = methods.find((one) => one.id === id && one.kind === connector.kind);
  return method
    ? copyOf(
        method,
        connector,
        methods.map(({ name }) => name),
      )
    : null;
}

/** A form that was loaded again keeps the id that its keys were made for. */
async function idOf(admin: Admin, given: string | string[] | undefined): Promise<string> {
  const id = z.uuid().safeParse(given).data;
  if (!id) return randomUUID();
  if (await findLoginMethod(admin, id)) redirect(methodPath(id));
  return id;
}

function CopyNote({ copy }: { copy: MethodCopy }) {
  const secrets = new Intl.ListFormat("en-GB").format(copy.secretsToEnter);
  return (
    <div className="mb-5">
      <Banner tone="info" title={`This form begins with the settings of ${copy.of}.`}>
        {copy.secretsToEnter.length > 0
          ? `Secrets are not copied. Enter: ${secrets}.`
          : "It holds no secret, so none is missing."}
      </Banner>
    </div>
  );
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const connector = findConnector((await params).kind);
  return { title: connector ? `Add ${connector.label} - Login methods` : "Page not found" };
}

export default async function AddPage({ params, searchParams }: Props) {
  const admin = await requireAdminPage();
  const { kind } = await params;
  if (!isConnectorKind(kind)) {
    const known = byCloudflareType(kind);
    if (known) permanentRedirect(`${NEW}/${known.kind}`);
    notFound();
  }
  const connector = connectorFor(kind);
  const query = await searchParams;
  const [{ callbackUrl, teamDomain }, practice, { allow }, copy, begun, ownId] = await Promise.all([
    installation(),
    practiceProviders(),
    outboundPolicy(),
    copied(admin, connector, query.copy),
    formStart(admin, query, { kind, method: null }),
    idOf(admin, query.id),
  ]);
  const id = begun.start?.loginMethodId ?? ownId;
  const keys = await listClientKeys(admin, id);
  const claims = begun.start
    ? await claimHints(admin, begun.start.loginMethodId)
    : { seen: null, suggestions: [] };
  return (
    <>
      <PageHeader
        title={`Add ${connector.label}`}
        description={connector.summary}
        breadcrumbs={[
          { label: "Settings" },
          { label: "Authentication", href: "/settings/authentication" },
          { label: "Login methods", href: "/settings/authentication" },
          { label: "Add new", href: NEW },
          { label: connector.label },
        ]}
      />
      {copy && <CopyNote copy={copy} />}
      <ClientKeys key={copy?.name} initial={keys} actions={keyActions} teamDomain={teamDomain}>
        <FormPage
          kind={kind}
          method={null}
          copy={copy}
          {...begun}
          tested={null}
          draftId={id}
          place={{ callbackUrl, teamDomain }}
          claims={claims}
          practice={practiceFor(connectorFor(kind), practice)}
          allowedHosts={allow}
          readOnly={false}
          focus={typeof query.field === "string" ? query.field : null}
          scimPanel={null}
          justAdded={false}
          add={add}
          change={change}
        />
      </ClientKeys>
    </>
  );
}
