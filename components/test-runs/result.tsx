import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { Diagnosis } from "@/lib/oidc/schema";
import type { Comparison } from "@/lib/test-runs/compare/schema";
import { diagnosesOf } from "@/lib/test-runs/diagnoses-of";
import type { Openings } from "@/lib/test-runs/opens/schema";
import { hasPassed, type TestRun } from "@/lib/test-runs/schema";
import type { Subject } from "@/lib/test-runs/subject-schema";
import { ClaimsDiff } from "./claims-diff";
import { ComparisonCard } from "./comparison";
import { DiagnosisCard } from "./diagnosis-card";
import { IdentityTable } from "./identity";
import { OpeningsSection } from "./openings";
import { RawJson } from "./raw-json";
import { ReportCard } from "./report-card";
import type { SaveTested } from "./save-tested";
import { StateBadge } from "./state-badge";
import { SubjectBanner } from "./subject-banner";
import { Timeline } from "./timeline";
import { duration } from "./words";

export type EndedRun = Exclude<TestRun, { state: "waiting" | "running" }>;

function Facts({ run, subject }: { run: EndedRun; subject: Subject }) {
  const email = "identity" in run ? run.identity?.email?.value : undefined;
  const own = run.steps.reduce((sum, { ms }) => sum + ms, 0);
  const took = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  const items = [
    { term: "Result", value: <StateBadge state={run.state} /> },
    { term: "Login method", value: run.loginMethod.name },
    { term: "Tested", value: subject.tested },
    ...(email ? [{ term: "Signed in as", value: email }] : []),
    { term: "Started by", value: run.byLink ? `by link of ${run.startedBy}` : run.startedBy },
    { term: "When", value: <Time value={run.startedAt} /> },
    { term: "Took", value: `${duration(took)}, of which ${duration(own)} in the steps below` },
  ];
  return (
    <Card>
      <DescriptionList items={items} />
      <p className="mt-3 text-muted">A test never creates a user, seat or session.</p>
    </Card>
  );
}

function problems(run: EndedRun): { diagnosis: Diagnosis; tone: "danger" | "warning" }[] {
  const failed = "diagnosis" in run ? [{ diagnosis: run.diagnosis, tone: "danger" as const }] : [];
  // Saved claims that did not come have a card of their own beside the identity.
  const told = "identity" in run && (run.identity?.missing.length ?? 0) > 0;
  const all = "warnings" in run ? run.warnings : [];
  const warnings = all.filter(({ code }) => !(told && code === "claims_missing"));
  return [...failed, ...warnings.map((diagnosis) => ({ diagnosis, tone: "warning" as const }))];
}

interface ResultProps {
  run: EndedRun;
  /** What was tested, in relation to what is saved now. */
  subject: Subject;
  /** Saves what was tested; null for those who may only read. */
  saveTested: SaveTested | null;
  fieldLabels: Readonly<Record<string, string>>;
  /** Against the run before; null for the first. */
  comparison: Comparison | null;
  /** What the identity would open; null where the run did not pass. */
  openings: Openings | null;
}

/** Everything that a finished run tells. */
export function Result({
  run,
  subject,
  saveTested,
  fieldLabels,
  comparison,
  openings,
}: ResultProps) {
  const identity = "identity" in run ? run.identity : null;
  const claims = "claims" in run ? run.claims : null;
  const passed = hasPassed(run.state);
  return (
    <div className="grid grid-cols-1 gap-5 [&>section]:mt-0!">
      <SubjectBanner
        subject={subject}
        draft={run.draftId !== null}
        passed={passed}
        save={saveTested}
      />
      {passed && <Facts run={run} subject={subject} />}
      {problems(run).map(({ diagnosis, tone }) => (
        <DiagnosisCard
          key={`${diagnosis.code} ${diagnosis.cause}`}
          diagnosis={diagnosis}
          tone={tone}
          subject={subject}
          fixes={saveTested && `${run.id}.${diagnosesOf(run).indexOf(diagnosis)}`}
          fieldLabels={fieldLabels}
          reference={run.id.slice(0, 8)}
        />
      ))}
      {!passed && <Facts run={run} subject={subject} />}
      {identity && <IdentityTable identity={identity} provider={run.loginMethod.name} />}
      {openings && (
        <OpeningsSection
          openings={openings}
          loginMethod={subject}
          tester={{ by: "run", id: run.id }}
        />
      )}
      {identity && (
        <ClaimsDiff identity={identity} subject={subject} mayChange={saveTested !== null} />
      )}
      {comparison && <ComparisonCard loginMethodId={run.loginMethod.id} comparison={comparison} />}
      <Card title="Timeline">
        <Timeline steps={run.steps} />
      </Card>
      {claims && <RawJson claims={claims} run={run} />}
      <ReportCard loginMethodId={run.loginMethod.id} runId={run.id} hasClaims={claims !== null} />
    </div>
  );
}
