import type { CompiledPolicies, CompiledPolicy, PolicySource } from "./compile";
import type { PolicyContext } from "./context";
import { type Degree, HIT, MISS } from "./degree";
import type { Outcome } from "./explanation";
import { factsOf } from "./facts";

export interface Judgement {
  outcome: Outcome;
  /** The one that decided, or for `sign_in` the first that may let the person in. */
  policy: PolicySource | null;
}

/** The policy too, as it was compiled. */
export interface Settled {
  outcome: Outcome;
  policy: CompiledPolicy | null;
}

const OUTCOME_OF = {
  allow: "allow",
  deny: "deny",
  bypass: "bypass",
  non_identity: "service_auth",
} as const;

/** Earlier policies that may hit: the first that lets in, and whether one keeps out. */
interface Doubts {
  open: CompiledPolicy | null;
  blocked: boolean;
}

/** What a policy comes to that hits, behind those of which nobody knows yet. */
function decide(policy: CompiledPolicy, { open, blocked }: Doubts): Settled {
  const { decision } = policy.source;
  const doubted = decision === "deny" ? open !== null : blocked;
  return doubted
    ? { outcome: "sign_in", policy: open ?? policy }
    : { outcome: OUTCOME_OF[decision], policy };
}

/**
 * The first policy that hits decides. Where an earlier one may hit, it decides only if both would
 * come to the same; otherwise the outcome is `sign_in`.
 */
export function settle(
  { ordered }: CompiledPolicies,
  degreeOf: (policy: CompiledPolicy) => Degree,
  signedIn: boolean,
): Settled {
  const doubts: Doubts = { open: null, blocked: false };
  for (const policy of ordered) {
    const degree = degreeOf(policy);
    if (degree === MISS) continue;
    const { decision } = policy.source;
    if (decision === "allow" && !signedIn) return { outcome: "sign_in", policy };
    if (degree === HIT) return decide(policy, doubts);
    if (decision === "deny") doubts.blocked = true;
    else doubts.open ??= policy;
  }
  const { open } = doubts;
  return open ? { outcome: "sign_in", policy: open } : { outcome: "no_match", policy: null };
}

/**
 * Judges one context. Nothing is asked and no text is made: below a microsecond for a handful of
 * rules. A rule about something unknown counts as whatever lets nobody in (see `compilePolicies`).
 */
export function evaluate(compiled: CompiledPolicies, context: PolicyContext): Judgement {
  const facts = factsOf(context);
  const settled = settle(compiled, ({ judge }) => judge(facts), context.person !== null);
  return { outcome: settled.outcome, policy: settled.policy?.source ?? null };
}
