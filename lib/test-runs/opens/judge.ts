import { isAllowedMethod } from "@/lib/logins/methods";
import { compilePolicies, type Groups, type PolicySource } from "@/lib/policies/compile";
import { evaluate } from "@/lib/policies/evaluate";
import { explain } from "@/lib/policies/explain";
import type { Outcome } from "@/lib/policies/explanation";
import type { Names } from "@/lib/policies/names";
import type { PersonIdentity } from "@/lib/users/schema";
import type { Bar, Opening } from "./schema";

export interface Candidate {
  id: string;
  name: string;
  enabled: boolean;
  settings: { allowed_idps: readonly string[] };
  /** In the order of precedence. */
  policies: readonly PolicySource[];
}

const OPENS: Record<Outcome, Opening["opens"]> = {
  ...{ allow: "yes", bypass: "yes", sign_in: "maybe" },
  // A person presents no service token.
  ...{ deny: "no", no_match: "no", service_auth: "no" },
};

const barOf = (application: Candidate, loginMethodId: string): Bar | null => {
  if (!application.enabled) return "disabled";
  return isAllowedMethod(application, loginMethodId) ? null : "login_method";
};

/** Nobody knows where they are. */
const contextOf = (person: PersonIdentity) => ({
  ...{ person, serviceTokenId: null, ip: null, country: null },
  ...{ external: {}, partial: true },
});

/** Whether an application would open, at the cost of a decision. */
export function opensFor(
  application: Candidate,
  person: PersonIdentity,
  groups: Groups,
): Opening["opens"] {
  if (barOf(application, person.loginMethod.id)) return "no";
  const compiled = compilePolicies([...application.policies], groups);
  return OPENS[evaluate(compiled, contextOf(person)).outcome];
}

/** The same with its reasons, rule by rule. */
export function openingFor(
  application: Candidate,
  person: PersonIdentity,
  { groups, names }: { groups: Groups; names: Names },
): Opening {
  const { id, name, policies } = application;
  const compiled = compilePolicies([...policies], groups);
  return {
    id,
    name,
    opens: opensFor(application, person, groups),
    bar: barOf(application, person.loginMethod.id),
    explanation: explain(compiled, contextOf(person), names),
  };
}
