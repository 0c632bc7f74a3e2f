import type { EvaluationAnswer } from "@/lib/external-evaluation/answer";
import type { PersonIdentity } from "@/lib/users/schema";

/** What policies judge: the same for the gate, the login and the policy tester. */
export interface PolicyContext {
  /** Who signed in; null before that, and for programs. */
  person: PersonIdentity | null;
  /** The service token that the request proved; null without one. */
  serviceTokenId: string | null;
  /** Client address in its one spelling; null when it is not known (the tester may leave it out). */
  ip: string | null;
  /** ISO 3166-1 alpha-2, upper case; null when nobody says. */
  country: string | null;
  /** Answers of external evaluations by their Evaluate URL; those not asked yet are absent. */
  external: Readonly<Record<string, EvaluationAnswer>>;
  /**
   * For the policy tester: an address or a country that is null was left out, so a rule about it
   * `may` apply. In a request nobody knows it, and such a rule counts as whatever refuses.
   */
  partial?: boolean;
}

/**
 * Whether a rule applies: `hit`, `miss`, or `may` where that cannot be known yet (before sign-in, an
 * external evaluation that was not asked). Every combination of them is Kleene's.
 */
export type Verdict = "hit" | "miss" | "may";
