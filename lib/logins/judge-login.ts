import "server-only";
import { askAll } from "@/lib/external-evaluation/ask";
import type { GateApplication, Snapshot } from "@/lib/gate/snapshot";
import { signToken } from "@/lib/keys/sign";
import type { PolicySource } from "@/lib/policies/compile";
import { externalEvaluations } from "@/lib/policies/compile";
import { evaluate } from "@/lib/policies/evaluate";
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
  external: Record<string, boolean>;
}

/** What an evaluator is told, with the field names of get-identity. */
const identityFor = (person: PersonIdentity, { ip, country }: Visitor) => ({
  ...personFields(person),
  geo: { country },
  ip,
});

/**
 * The policies of an application about one person, its external evaluations asked now. Null stands
 * for somebody who has not signed in: then nothing is asked.
 */
export async function judgeLogin(
  snapshot: Snapshot,
  application: GateApplication,
  person: PersonIdentity | null,
  visitor: Visitor,
): Promise<Judged> {
  const evaluators = person ? externalEvaluations(application.policies) : [];
  const external =
    person && evaluators.length > 0
      ? await askAll(evaluators, {
          identity: identityFor(person, visitor),
          issuer: snapshot.teamDomain,
          sign: signToken,
          policy: await outboundPolicy(),
        })
      : {};
  const { ip, country } = visitor;
  const context = { person, serviceTokenId: null, ip, country, external };
  const { outcome, policy } = evaluate(application.policies, context);
  const explanation = explain(application.policies, context, snapshot.names);
  const matters = identityMatters(application.policies, context);
  return { outcome, policy, explanation, external, identityMatters: matters };
}
