import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as z from "zod";
import { EnableButton } from "@/components/login-methods/use-enable";
import { ShareTestLink } from "@/components/test-links/share-test-link";
import { LiveResult } from "@/components/test-runs/live-result";
import { CopyReport } from "@/components/test-runs/report-card";
import { Result } from "@/components/test-runs/result";
import { TestAgain } from "@/components/test-runs/test-again";
import { formPath, methodPath, resultHeadline } from "@/components/test-runs/words";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import { connectorFor, isConnectorKind } from "@/lib/connectors";
import { DECRYPTION_KEY } from "@/lib/connectors/oidc-keys";
import { isAppError } from "@/lib/kit/errors";
import { compareWithPrevious } from "@/lib/test-runs/compare/compare";
import { openingsOf } from "@/lib/test-runs/opens/store";
import { hasPassed } from "@/lib/test-runs/schema";
import { getTestRun } from "@/lib/test-runs/store";
import { subjectOf } from "@/lib/test-runs/subject";
import { saveTested, setEnabled } from "../../../actions";

interface Props {
  params: Promise<{ id: string; runId: string }>;
}

const load = cache(async (id: string, runId: string) => {
  const viewer = await requireViewer();
  if (!z.uuid().safeParse(runId).success) notFound();
  try {
    const run = await getTestRun(viewer, runId);
    if (run.loginMethod.id !== id) notFound();
    return { viewer, run, subject: await subjectOf(viewer, run) };
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
    ? {
        ...Object.fromEntries(connectorFor(kind).fields.map(({ name, label }) => [name, label])),
        [DECRYPTION_KEY]: "Encrypted ID tokens",
      }
    : {};

export default async function TestRunPage({ params }: Props) {
  const { id, runId } = await params;
  const { viewer, run, subject } = await load(id, runId);
  const mayTest = isAdmin(viewer);
  const form = formPath(subject, { draft: subject.draftId });
  const live = run.state === "waiting" || run.state === "running";
  return (
    <>
      <PageHeader
        title={resultHeadline(run)}
        breadcrumbs={[
          { label: "Settings" },
          { label: "Authentication", href: "/settings/authentication" },
          { label: "Login methods", href: "/settings/authentication" },
          { label: subject.name, href: form },
          ...(subject.saved ? [{ label: "Tests", href: `${methodPath(id)}/tests` }] : []),
        ]}
        actions={
          <>
            {mayTest && !live && (
              <TestAgain
                loginMethodId={id}
                runId={run.id}
                draft={run.draftId !== null && !subject.current}
              />
            )}
            {!live && <CopyReport loginMethodId={id} runId={run.id} />}
            {mayTest && !live && (subject.saved || subject.draftId) && (
              <ShareTestLink loginMethodId={id} name={subject.name} draftId={subject.draftId} />
            )}
            {mayTest && !live && subject.saved && !subject.enabled && (
              <EnableButton id={id} name={subject.name} setEnabled={setEnabled} />
            )}
            <LinkButton href={form}>Edit</LinkButton>
          </>
        }
      />
      {run.state === "waiting" || run.state === "running" ? (
        <LiveResult initial={run} mayCancel={mayTest} />
      ) : (
        <Result
          run={run}
          subject={subject}
          saveTested={mayTest ? saveTested : null}
          fieldLabels={fieldLabelsOf(subject.kind)}
          comparison={await compareWithPrevious(viewer, run)}
          openings={hasPassed(run.state) ? await openingsOf(viewer, run) : null}
        />
      )}
    </>
  );
}
