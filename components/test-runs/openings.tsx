import Link from "next/link";
import { applicationHref } from "@/components/applications/application-words";
import { ExplanationView } from "@/components/policy-tester/explanation-view";
import { decidedBy } from "@/components/policy-tester/outcome-words";
import type { TesterFirst } from "@/components/policy-tester/subject";
import { Badge, type Tone } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { barWords } from "@/lib/policies/tester/why";
import type { Opening, Openings } from "@/lib/test-runs/opens/schema";
import type { Subject } from "@/lib/test-runs/subject-schema";

const VERDICTS: Record<Opening["opens"], { tone: Tone; words: string }> = {
  yes: { tone: "success", words: "Would open" },
  maybe: { tone: "neutral", words: "Not certain" },
  no: { tone: "danger", words: "Would not open" },
};

/** Why, as a sentence. */
function whyOf({ bar, opens, explanation }: Opening, loginMethod: string): string {
  if (bar && opens === "no") return barWords(bar, loginMethod);
  const by = decidedBy(explanation);
  if (explanation.outcome === "service_auth") return `${by}. Only a service token opens it.`;
  if (opens === "maybe") {
    return "It depends on where they are, or on an external evaluation: a test knows neither.";
  }
  if (by) return `${by}.`;
  return explanation.policies.length === 0
    ? "It has no policy, so nobody gets in."
    : "No policy matches.";
}

interface OpeningItemProps {
  opening: Opening;
  loginMethod: string;
  tester: TesterFirst;
}

function OpeningItem({ opening, loginMethod, tester }: OpeningItemProps) {
  const { id, name, opens, bar, explanation } = opening;
  const { tone, words } = VERDICTS[opens];
  return (
    <li className="px-5 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-2">
            <Link
              href={applicationHref(id, bar === "login_method" ? "authentication" : "overview")}
              className="min-w-0 break-words font-medium hover:underline"
            >
              {name}
            </Link>
            <Badge tone={tone}>{words}</Badge>
          </p>
          <p className="mt-0.5 break-words text-muted">{whyOf(opening, loginMethod)}</p>
        </div>
        <LinkButton size="sm" href={`${applicationHref(id, "policies")}?${tester.by}=${tester.id}`}>
          Open in policy tester<span className="sr-only"> for {name}</span>
        </LinkButton>
      </div>
      {!bar && explanation.policies.length > 0 && (
        <Disclosure
          summary={
            <>
              Rule by rule<span className="sr-only">: {name}</span>
            </>
          }
        >
          <ExplanationView explanation={explanation} />
        </Disclosure>
      )}
    </li>
  );
}

function Warnings({
  openings,
  loginMethod,
}: Pick<OpeningsSectionProps, "openings" | "loginMethod">) {
  if (openings.problem) {
    return (
      <Banner tone="warning" title={openings.problem.message}>
        {openings.problem.fix}
      </Banner>
    );
  }
  if (loginMethod.enabled) return null;
  return (
    <Banner tone="warning" title="Nobody can sign in with this login method yet">
      {loginMethod.saved ? "Enable it" : "Save and enable it"} first. This is what would open then.
    </Banner>
  );
}

function summary({ total, opening }: Openings): string {
  if (total === 1)
    return opening === 1
      ? "The only application would open."
      : "The only application would not open, as far as is known here.";
  return `${opening} of ${total} applications would open.`;
}

interface OpeningsSectionProps {
  openings: Openings;
  /** Of the identity. */
  loginMethod: Pick<Subject, "name" | "saved" | "enabled">;
  /** Whom the policy tester of an application begins with. */
  tester: TesterFirst;
}

/** Which applications this identity would open as they are now, and why not the others. */
export function OpeningsSection({ openings, loginMethod, tester }: OpeningsSectionProps) {
  const { total, applications } = openings;
  return (
    <section>
      <h2 className="mb-2 font-semibold text-base leading-6">Applications</h2>
      {total === 0 ? (
        <EmptyState
          title="No applications yet"
          actions={<LinkButton href="/access/applications">Go to Applications</LinkButton>}
        >
          Once there are some, this shows which of them this identity would open, and by which
          policy.
        </EmptyState>
      ) : (
        <div className="grid gap-3">
          <Warnings openings={openings} loginMethod={loginMethod} />
          {applications.length > 0 && (
            <>
              <p className="text-muted">{summary(openings)}</p>
              <ul
                aria-label="Applications"
                className="divide-y divide-line rounded-lg border border-line bg-surface shadow-raised"
              >
                {applications.map((opening) => (
                  <OpeningItem
                    key={opening.id}
                    opening={opening}
                    loginMethod={loginMethod.name}
                    tester={tester}
                  />
                ))}
              </ul>
              {total > applications.length && (
                <p className="text-muted">
                  and {total - applications.length} more. The policy tester of an application says
                  what comes of it.
                </p>
              )}
            </>
          )}
        </div>
      )}
    </section>
  );
}
