import type { Redactor } from "@/lib/outbound/redact";
import { type Advice, type DiagnosisCode, diagnosisFor } from "./diagnose";
import { remediesFor } from "./remedies";
import { differenceFacts, differences, type Published } from "./remedies/published";
import type { Connection, Diagnosis, Fact, Remedy, Step } from "./schema";

interface Finding {
  code: DiagnosisCode;
  step: Step;
  facts: readonly Fact[];
  /** Found by the failing step itself. */
  remedies: readonly Remedy[];
  published: Published | null;
}

interface Tools {
  connection: Connection;
  advice: Advice;
  cleaned(facts: readonly Fact[]): Fact[];
  redactor: Redactor;
}

type Difference = ReturnType<typeof differences>[number];

const differs = ({ label, saved, published }: Difference): string =>
  `Your provider publishes another ${label}: ${published} instead of ${saved}.`;

/** Endpoints that a step has to do with; what else differs does not explain its failure. */
const SUSPECTS: Partial<Record<Step, readonly string[]>> = {
  keys: ["certs_url"],
  exchange: ["token_url", "auth_url"],
  id_token: ["certs_url", "token_url", "auth_url"],
  user_info: ["userinfo_url"],
};

/** A diagnosis with all that was found out about it: what the provider publishes, and what can be changed. */
export function explain(finding: Finding, tools: Tools): Diagnosis {
  const { step, facts, published } = finding;
  const { connection, advice, cleaned, redactor } = tools;
  // The provider's words are the same where PKCE is missing and where it is not taken.
  const code = finding.code === "pkce_required" && connection.pkce ? "pkce_refused" : finding.code;
  const found = (published ? differences(connection, published) : []).filter(({ key }) =>
    SUSPECTS[step]?.includes(key),
  );
  const all = [...facts, ...differenceFacts(found)];
  const diagnosis = diagnosisFor(code, step, cleaned(all), advice);
  const remedies = remediesFor(code, { connection, facts, published }, finding.remedies);
  return {
    ...diagnosis,
    fixes: [...found.map((one) => redactor.text(differs(one))), ...diagnosis.fixes],
    // Whatever the redactor would change holds something secret, and is no setting to save.
    remedies: remedies.filter(({ set, label }) => {
      const text = JSON.stringify([label, ...Object.values(set)]);
      return redactor.text(text) === text;
    }),
  };
}
