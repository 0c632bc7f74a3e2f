import { IdentityTable } from "@/components/test-runs/identity";
import { Timeline } from "@/components/test-runs/timeline";
import { Badge, type Tone } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { LoginRecord } from "@/lib/logins/schema";
import type { Diagnosis } from "@/lib/oidc/schema";

const STATES: Record<LoginRecord["status"], { tone: Tone; word: string }> = {
  waiting: { tone: "info", word: "Waiting for the person to come back" },
  running: { tone: "info", word: "Running" },
  passed: { tone: "success", word: "Signed in" },
  denied: { tone: "danger", word: "Signed in, but no policy lets them in" },
  failed: { tone: "danger", word: "Failed" },
};

function Why({ diagnosis, tone }: { diagnosis: Diagnosis; tone: "danger" | "warning" }) {
  return (
    <Banner tone={tone} title={diagnosis.title}>
      <p>{diagnosis.cause}</p>
      {diagnosis.fixes.length > 0 && (
        <ol className="mt-2 list-decimal space-y-1 pl-5">
          {diagnosis.fixes.map((fix) => (
            <li key={fix}>{fix}</li>
          ))}
        </ol>
      )}
    </Banner>
  );
}

/** The trace of one login: the same steps and diagnoses as a test's. */
export function LoginResult({ login }: { login: LoginRecord }) {
  const { tone, word } = STATES[login.status];
  const method = `/settings/authentication/login-methods/${login.loginMethod.id}`;
  return (
    <div className="space-y-5">
      {login.diagnosis && <Why diagnosis={login.diagnosis} tone="danger" />}
      {login.warnings.map((warning) => (
        <Why key={`${warning.code} ${warning.cause}`} diagnosis={warning} tone="warning" />
      ))}
      <Card
        actions={
          <>
            <LinkButton href={method}>Edit {login.loginMethod.name}</LinkButton>
            <LinkButton href={`${method}/tests`}>Its tests</LinkButton>
          </>
        }
        title="Login"
      >
        <DescriptionList
          items={[
            { term: "Result", value: <Badge tone={tone}>{word}</Badge> },
            { term: "Login method", value: login.loginMethod.name },
            { term: "Application", value: login.application?.name ?? login.host ?? "App Launcher" },
            { term: "Started", value: <Time value={login.startedAt} /> },
            { term: "From", value: login.ip ?? "Unknown" },
            { term: "Browser", value: login.userAgent ?? "Unknown" },
            { term: "Reference", value: <code className="font-mono">{login.ref}</code> },
          ]}
        />
      </Card>
      {login.identity && (
        <IdentityTable identity={login.identity} provider={login.loginMethod.name} />
      )}
      <Card title="Timeline">
        <Timeline steps={login.steps} />
      </Card>
    </div>
  );
}
