import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as z from "zod";
import { LiveResult } from "@/components/test-runs/live-result";
import { Result } from "@/components/test-runs/result";
import { methodPath, resultHeadline } from "@/components/test-runs/words";
import { AnchorButton, LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { connectorFor, isConnectorKind } from "@/lib/connectors";
import { isAppError } from "@/lib/kit/errors";
import { getLoginMethod } from "@/lib/login-methods/store";
import { getTestRun } from "@/lib/test-runs/store";

interface Props {
  params: Promise<{ id: string; runId: string }>;
}

const load = cache(async (id: string, runId: string) => {
  const viewer = await requireViewer();
  if (!z.uuid().safeParse(runId).success) notFound();
  try {
    const [method, run] = await Promise.all([
      getLoginMethod(viewer, id),
      getTestRun(viewer, runId),
    ]);
    if (run.loginMethod.id !== method.id) notFound();
    return { viewer, method, run };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, runId } = await params;
  const { run } = await load(id, runId);
  return { title: `${resultHeadline(run)} - ${run.loginMethod.name}` };
}

const fieldLabelsOf = (kind: string): Record<string, string> =>
  isConnectorKind(kind)
    ? Object.fromEntries(connectorFor(kind).fields.map(({ name, label }) => [name, label]))
    : {};

export default async function TestRunPage({ params }: Props) {
  const { id, runId } = await params;
  const { viewer, method, run } = await load(id, runId);
  const mayTest = isAdmin(viewer);
  const live = run.state === "waiting" || run.state === "running";
  return (
    <>
      <PageHeader
        title={resultHeadline(run)}
        breadcrumbs={[
          { label: "Settings" },
          { label: "Authentication", href: "/settings/authentication" },
          { label: "Login methods", href: "/settings/authentication" },
          { label: method.name, href: methodPath(method.id) },
          { label: "Tests", href: `${methodPath(method.id)}/tests` },
        ]}
        actions={
          <>
            {mayTest && !live && (
              <AnchorButton
                href={`${methodPath(method.id)}/tests/new`}
                referrerPolicy="same-origin"
                variant="primary"
              >
                Test again
              </AnchorButton>
            )}
            <LinkButton href={methodPath(method.id)}>Edit</LinkButton>
          </>
        }
      />
      {run.state === "waiting" || run.state === "running" ? (
        <LiveResult initial={run} mayCancel={mayTest} />
      ) : (
        <Result
          run={run}
          currentVersion={method.version}
          fieldLabels={fieldLabelsOf(method.kind)}
        />
      )}
    </>
  );
}
