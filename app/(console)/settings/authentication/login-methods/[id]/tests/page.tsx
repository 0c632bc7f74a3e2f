import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as z from "zod";
import { LinksTable } from "@/components/test-links/links-table";
import { ShareTestLink } from "@/components/test-links/share-test-link";
import { HistoryTable } from "@/components/test-runs/history-table";
import { TestLink } from "@/components/test-runs/test-link";
import { methodPath } from "@/components/test-runs/words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { isAdmin } from "@/lib/admins/capability";
import { requireViewer } from "@/lib/admins/require-admin";
import type { TestLinkSummary } from "@/lib/test-links/schema";
import { listTestLinks } from "@/lib/test-links/store";
import { history } from "@/lib/test-runs/compare/compare";
import { findLoginMethod } from "@/lib/test-runs/find-login-method";
import { isTestProblem, TEST_PROBLEMS } from "@/lib/test-runs/problems";
import { KEPT_PER_METHOD } from "@/lib/test-runs/schema";
import { getTestRun } from "@/lib/test-runs/store";
import { revokeLink } from "../../../test-links/actions";

/** One that was never saved has a name and a history too: of its drafts. */
const load = cache(async (id: string) => {
  const viewer = await requireViewer();
  if (!z.uuid().safeParse(id).success) notFound();
  const [method, runs] = await Promise.all([findLoginMethod(viewer, id), history(viewer, id)]);
  const [newest] = runs;
  if (!method && !newest) notFound();
  const name = method?.name ?? (await getTestRun(viewer, newest?.id ?? "")).loginMethod.name;
  return { viewer, id, name, saved: method !== null, runs };
});

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Tests - ${(await load((await params).id)).name}` };
}

function SharedLinks({
  id,
  links,
  mayRevoke,
}: {
  id: string;
  links: TestLinkSummary[];
  mayRevoke: boolean;
}) {
  return (
    <section className="mt-8">
      <h2 className="font-semibold text-base leading-6">Test links</h2>
      <p className="mb-2 max-w-prose text-muted">
        Each lets somebody without an account here try one sign-in. The result comes into the list
        above.
      </p>
      {links.length > 0 ? (
        <LinksTable loginMethodId={id} links={links} mayRevoke={mayRevoke} revoke={revokeLink} />
      ) : (
        <p className="text-muted">No link was shared in the last weeks.</p>
      )}
    </section>
  );
}

export default async function TestsPage({ params, searchParams }: Props) {
  const { viewer, id, name, saved, runs } = await load((await params).id);
  const links = await listTestLinks(viewer, id);
  const { problem } = await searchParams;
  const said = isTestProblem(problem) ? TEST_PROBLEMS[problem] : null;
  const mayTest = saved && isAdmin(viewer);
  const test = mayTest ? <TestLink loginMethodId={id} name={name} /> : null;
  return (
    <>
      <PageHeader
        title={`Tests of ${name}`}
        description={`Gatehouse keeps the last ${KEPT_PER_METHOD}, each with what was changed in the settings since the run before. A test never creates a user, seat or session.`}
        breadcrumbs={[
          { label: "Settings" },
          { label: "Authentication", href: "/settings/authentication" },
          { label: "Login methods", href: "/settings/authentication" },
          { label: name, ...(saved && { href: methodPath(id) }) },
          { label: "Tests" },
        ]}
        actions={
          <>
            {test}
            {mayTest && <ShareTestLink loginMethodId={id} name={name} />}
            {saved && <LinkButton href={methodPath(id)}>Edit</LinkButton>}
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
        <HistoryTable loginMethodId={id} name={name} runs={runs} />
      ) : (
        <EmptyState title="No test yet" actions={test}>
          A test signs you in at the provider and shows every claim that comes back.
        </EmptyState>
      )}
      {(saved || links.length > 0) && (
        <SharedLinks id={id} links={links} mayRevoke={isAdmin(viewer)} />
      )}
    </>
  );
}
