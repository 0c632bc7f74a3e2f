import { Banner } from "@/components/ui/banner";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { Diagnosis } from "@/lib/oidc/schema";
import type { TestRun } from "@/lib/test-runs/schema";
import { DiagnosisCard } from "./diagnosis-card";
import { ClaimsCompared, IdentityTable } from "./identity";
import { RawJson } from "./raw-json";
import { StateBadge } from "./state-badge";
import { Timeline } from "./timeline";
import { duration } from "./words";

export type EndedRun = Exclude<TestRun, { state: "waiting" | "running" }>;

function Facts({ run }: { run: EndedRun }) {
  const email = "identity" in run ? run.identity?.email?.value : undefined;
  const own = run.steps.reduce((sum, { ms }) => sum + ms, 0);
  const took = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  const items = [
    { term: "Result", value: <StateBadge state={run.state} /> },
    { term: "Login method", value: `${run.loginMethod.name}, version ${run.version}` },
    ...(email ? [{ term: "Signed in as", value: email }] : []),
    { term: "Started by", value: run.startedBy },
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
  /** Set when the settings were saved again since this run. */
  currentVersion: number;
  fieldLabels: Readonly<Record<string, string>>;
}

/** Everything that a finished run tells. */
export function Result({ run, currentVersion, fieldLabels }: ResultProps) {
  const identity = "identity" in run ? run.identity : null;
  const claims = "claims" in run ? run.claims : null;
  const passed = run.state === "passed" || run.state === "passed_with_warnings";
  return (
    <div className="grid grid-cols-1 gap-5 [&>section]:mt-0!">
      {currentVersion !== run.version && (
        <Banner tone="info" title="The settings have changed since this test">
          It tested version {run.version}; the login method is now at version {currentVersion}. Test
          again to prove the settings as they are.
        </Banner>
      )}
      {passed && <Facts run={run} />}
      {problems(run).map(({ diagnosis, tone }) => (
        <DiagnosisCard
          key={`${diagnosis.code} ${diagnosis.cause}`}
          diagnosis={diagnosis}
          tone={tone}
          loginMethodId={run.loginMethod.id}
          fieldLabels={fieldLabels}
          reference={run.id.slice(0, 8)}
        />
      ))}
      {!passed && <Facts run={run} />}
      {identity && <IdentityTable identity={identity} provider={run.loginMethod.name} />}
      {identity && <ClaimsCompared identity={identity} loginMethodId={run.loginMethod.id} />}
      <Card title="Timeline">
        <Timeline steps={run.steps} />
      </Card>
      {claims && <RawJson claims={claims} />}
    </div>
  );
}
