import "server-only";
import type { EvaluationAnswer } from "@/lib/external-evaluation/answer";
import { askAll, type Evaluator } from "@/lib/external-evaluation/ask";
import type { GateApplication, Snapshot } from "@/lib/gate/snapshot";
import { signToken } from "@/lib/keys/sign";
import type { PolicySource } from "@/lib/policies/compile";
import { evaluate } from "@/lib/policies/evaluate";
import { evaluatorsToAsk } from "@/lib/policies/evaluators-to-ask";
import { explain } from "@/lib/policies/explain";
import type { Explanation, Outcome } from "@/lib/policies/explanation";
import { identityMatters } from "@/lib/policies/identity-matters";
import { outboundPolicy } from "@/lib/team/store";
import { personFields } from "@/lib/users/get-identity";
import type { PersonIdentity } from "@/lib/users/schema";
import type { Visitor } from "./visitor";

export interface Judged {
  outcome: Outcome;
  policy: PolicySource | null;
  explanation: Explanation;
  /** Whether another account might get in. */
  identityMatters: boolean;
  /** Answers of the external evaluations by their URL. */
  external: Record<string, EvaluationAnswer>;
}

/** What an evaluator is told, with the field names of get-identity. */
const identityFor = (person: PersonIdentity, { ip, country }: Visitor) => ({
  ...personFields(person),
  geo: { country },
  ip,
});

/** What external evaluations answer about a person now. */
export const askAbout = async (
  snapshot: Snapshot,
  person: PersonIdentity,
  visitor: Visitor,
  evaluators: readonly Evaluator[],
): Promise<Record<string, EvaluationAnswer>> =>
  evaluators.length === 0
    ? {}
    : askAll(evaluators, {
        identity: identityFor(person, visitor),
        issuer: snapshot.teamDomain,
        sign: signToken,
        policy: await outboundPolicy(),
      });

/** The policies of an application about one person, where the external evaluations have answered so. */
export function judgeAnswered(
  snapshot: Snapshot,
  { policies }: GateApplication,
  person: PersonIdentity | null,
  { ip, country }: Visitor,
  external: Record<string, EvaluationAnswer>,
): Judged {
  const context = { person, serviceTokenId: null, ip, country, external };
  const explanation = explain(policies, context, snapshot.names);
  const matters = identityMatters(policies, context);
  return { ...evaluate(policies, context), explanation, external, identityMatters: matters };
}

/**
 * The policies of an application about one person; the external evaluations that matter are asked now.
 * Null stands for somebody who has not signed in: then nothing is asked.
 */
export async function judgeLogin(
  snapshot: Snapshot,
  application: GateApplication,
  person: PersonIdentity | null,
  visitor: Visitor,
): Promise<Judged> {
  const { ip, country } = visitor;
  const context = { person, serviceTokenId: null, ip, country, external: {} };
  const evaluators = evaluatorsToAsk(application.policies, context);
  const external = person ? await askAbout(snapshot, person, visitor, evaluators) : {};
  return judgeAnswered(snapshot, application, person, visitor, external);
}
