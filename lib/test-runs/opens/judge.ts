import { type CompiledPolicies, compilePolicies, type Groups } from "@/lib/policies/compile";
import { explain } from "@/lib/policies/explain";
import type { Names } from "@/lib/policies/names";
import { type Admission, barOf, opensFor } from "@/lib/policies/tester/admission";
import type { Guarded } from "@/lib/policies/tester/edit";
import type { PersonIdentity } from "@/lib/users/schema";
import type { Opening } from "./schema";

/** Nobody knows where they are. */
const contextOf = (person: PersonIdentity) => ({
  ...{ person, serviceTokenId: null, ip: null, country: null },
  ...{ external: {}, partial: true },
});

interface Judged extends Admission {
  application: Guarded;
  policies: CompiledPolicies;
}

/**
 * Whether an application would open, at the cost of a decision: as if the login method were enabled
 * and the person not disabled, which the page says once.
 */
export function judgeFor(application: Guarded, person: PersonIdentity, groups: Groups): Judged {
  const policies = compilePolicies(application.policies, groups);
  const bar = barOf(application, {
    ...{ loginMethodId: person.loginMethod.id, personDisabled: false, enabledMethods: null },
  });
  return { application, policies, bar, opens: opensFor(policies, contextOf(person), bar) };
}

/** The same with its reasons, rule by rule. */
export const openingFor = (
  { application: { id, name }, policies, bar, opens }: Judged,
  person: PersonIdentity,
  names: Names,
): Opening => ({
  ...{ id, name, opens, bar },
  explanation: explain(policies, contextOf(person), names),
});
