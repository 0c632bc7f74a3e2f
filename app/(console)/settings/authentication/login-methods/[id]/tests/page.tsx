import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { HistoryTable } from "@/components/test-runs/history-table";
import { TestLink } from "@/components/test-runs/test-link";
import { methodPath } from "@/components/test-runs/words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import type { Viewer } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import { getLoginMethod } from "@/lib/login-methods/store";
import { isTestProblem, TEST_PROBLEMS } from "@/lib/test-runs/problems";
import { listTestRuns } from "@/lib/test-runs/store";

async function found(viewer: Viewer, id: string) {
  try {
    return await getLoginMethod(viewer, id);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await found(await requireViewer(), (await params).id);
  return { title: `Tests - ${name}` };
}

export default async function TestsPage({ params, searchParams }: Props) {
  const viewer = await requireViewer();
  const method = await found(viewer, (await params).id);
  const runs = await listTestRuns(viewer, method.id);
  const { problem } = await searchParams;
  const said = isTestProblem(problem) ? TEST_PROBLEMS[problem] : null;
  const test = isAdmin(viewer) ? <TestLink loginMethodId={method.id} name={method.name} /> : null;
  return (
    <>
      <PageHeader
        title={`Tests of ${method.name}`}
        description="Gatehouse keeps the last 50. A test never creates a user, seat or session."
        breadcrumbs={[
          { label: "Settings" },
          { label: "Authentication", href: "/settings/authentication" },
          { label: "Login methods", href: "/settings/authentication" },
          { label: method.name, href: methodPath(method.id) },
          { label: "Tests" },
        ]}
        actions={
          <>
            {test}
            <LinkButton href={methodPath(method.id)}>Edit</LinkButton>
          </>
        }
      />
      {said && (
        <div className="mb-5">
          <Banner tone="warning" title={said.title}>
            {said.text}
          </Banner>
        </div>
      )}
      {runs.length > 0 ? (
        <HistoryTable loginMethodId={method.id} name={method.name} runs={runs} />
      ) : (
        <EmptyState title="No test yet" actions={test}>
          A test signs you in at the provider and shows every claim that comes back.
        </EmptyState>
      )}
    </>
  );
}
