import type { CompiledPolicies, CompiledPolicy, CompiledRule } from "./compile";
import type { PolicyContext } from "./context";
import { type Degree, HIT, MISS, not, verdictOf } from "./degree";
import { settle } from "./evaluate";
import type { Explanation, PolicyExplanation } from "./explanation";
import { factsOf } from "./facts";
import type { Names } from "./names";
import { type Case, noteOn } from "./notes";
import { isRule, selectorOf } from "./rules";
import { ruleWords } from "./sentence";

const least = (degrees: readonly Degree[]): Degree => Math.min(HIT, ...degrees) as Degree;
const most = (degrees: readonly Degree[]): Degree => Math.max(MISS, ...degrees) as Degree;

function explainRules(rules: readonly CompiledRule[], at: Case) {
  const judged = rules.map((rule) => ({ rule, degree: rule.judge(at.facts) }));
  return {
    degrees: judged.map(({ degree }) => degree),
    explained: judged.map(({ rule, degree }) => ({
      selector: isRule(rule.rule) ? selectorOf(rule.rule) : "unknown",
      label: ruleWords(rule.rule, at.names),
      verdict: verdictOf(degree),
      note: noteOn(at, rule),
    })),
  };
}

function explainPolicy(policy: CompiledPolicy, at: Case): [Degree, PolicyExplanation] {
  const include = explainRules(policy.include, at);
  const require = explainRules(policy.require, at);
  const exclude = explainRules(policy.exclude, at);
  const degree = least([most(include.degrees), ...require.degrees, not(most(exclude.degrees))]);
  const { id, name, decision } = policy.source;
  const rules = {
    include: include.explained,
    require: require.explained,
    exclude: exclude.explained,
  };
  return [degree, { id, name, decision, verdict: verdictOf(degree), ...rules }];
}

const notReached = ({ source: { id, name, decision } }: CompiledPolicy): PolicyExplanation => ({
  ...{ id, name, decision, verdict: "not_reached" },
  ...{ include: [], require: [], exclude: [] },
});

/** Judges one context as `evaluate` does, and says of every rule that was reached what came of it. */
export function explain(
  compiled: CompiledPolicies,
  context: PolicyContext,
  names: Names,
): Explanation {
  const at: Case = { context, facts: factsOf(context), names };
  const reached = new Map<CompiledPolicy, PolicyExplanation>();
  const degreeOf = (policy: CompiledPolicy): Degree => {
    const [degree, explanation] = explainPolicy(policy, at);
    reached.set(policy, explanation);
    return degree;
  };
  const { outcome, policy } = settle(compiled, degreeOf, context.person !== null);
  const decided = outcome === "sign_in" || !policy ? null : reached.get(policy);
  return {
    outcome,
    policies: compiled.ordered.map((one) => reached.get(one) ?? notReached(one)),
    decidedBy: decided
      ? {
          policyId: decided.id,
          policyName: decided.name,
          rule: decided.include.find(({ verdict }) => verdict === "hit")?.label ?? null,
        }
      : null,
  };
}
