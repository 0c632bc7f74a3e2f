import { isAllowedMethod } from "@/lib/logins/methods";
import type { CompiledPolicies } from "../compile";
import type { PolicyContext } from "../context";
import { MAY } from "../degree";
import { evaluate } from "../evaluate";
import type { Outcome } from "../explanation";
import { factsOf } from "../facts";

/** What keeps somebody out whatever the policies say of them. */
export type Bar = "disabled" | "person_disabled" | "login_method_disabled" | "login_method";

/** `maybe`: it depends on an address, a country or an external evaluation. */
export type Opens = "yes" | "no" | "maybe";

export interface Admission {
  bar: Bar | null;
  opens: Opens;
}

/** Somebody who asks, as far as it is not about policies. */
export interface Asking {
  loginMethodId: string;
  /** In the user registry. */
  personDisabled: boolean;
  /** Login methods that are enabled; null where that is left open. */
  enabledMethods: ReadonlySet<string> | null;
}

/** As the gate holds it (lib/gate/holder.ts): of a session that it does not count, nothing remains. */
export function barOf(
  application: { enabled: boolean; settings: { allowed_idps: readonly string[] } },
  { loginMethodId, personDisabled, enabledMethods }: Asking,
): Bar | null {
  if (!application.enabled) return "disabled";
  if (personDisabled) return "person_disabled";
  if (enabledMethods && !enabledMethods.has(loginMethodId)) return "login_method_disabled";
  return isAllowedMethod(application, loginMethodId) ? null : "login_method";
}

/** What an outcome means for somebody whom nothing bars. */
export const OPENS: Record<Outcome, Opens> = {
  ...{ allow: "yes", bypass: "yes", sign_in: "maybe" },
  // A person presents no service token.
  ...{ deny: "no", no_match: "no", service_auth: "no" },
};

/** Whether these policies let somebody in, at the cost of a decision. Bypass asks nobody who they are. */
export function opensFor(
  policies: CompiledPolicies,
  context: PolicyContext,
  bar: Bar | null,
): Opens {
  if (bar === "disabled") return "no";
  const { outcome } = evaluate(policies, context);
  if (bar === null || outcome === "bypass") return OPENS[outcome];
  const facts = factsOf(context);
  const maybe = policies.ordered.some(
    ({ source, judge }) => source.decision === "bypass" && judge(facts) === MAY,
  );
  return maybe ? "maybe" : "no";
}
