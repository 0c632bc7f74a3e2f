import { type CompiledPolicies, type CompiledPolicy, externalIn } from "./compile";
import type { PolicyContext } from "./context";
import { HIT, MISS } from "./degree";
import { evaluate } from "./evaluate";
import { factsOf } from "./facts";

const REFUSED = new Set(["deny", "no_match", "service_auth"]);

const isAlike = ({ source: a }: CompiledPolicy, { source: b }: CompiledPolicy): boolean =>
  a.decision === b.decision && a.sessionDuration === b.sessionDuration;

/**
 * The external evaluations that matter for somebody who signs in; `context` holds no answers yet.
 * None where they are refused whatever is answered, nor behind the policy that decides whatever is
 * answered. The answers are kept with the session, which may be used from elsewhere: so what an
 * address or a country decides counts as open.
 */
export function evaluatorsToAsk(
  compiled: CompiledPolicies,
  context: PolicyContext,
): CompiledPolicies["external"] {
  if (context.person === null || compiled.external.length === 0) return [];
  if (REFUSED.has(evaluate(compiled, context).outcome)) return [];
  const facts = factsOf({ ...context, ip: null, country: null, partial: true });
  const open: CompiledPolicy[] = [];
  for (const policy of compiled.ordered) {
    const degree = policy.judge(facts);
    if (degree === HIT) return open.every((one) => isAlike(one, policy)) ? [] : externalIn(open);
    if (degree !== MISS) open.push(policy);
  }
  return externalIn(open);
}
