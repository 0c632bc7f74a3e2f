import type { Explanation } from "../explanation";
import type { Admission, Bar } from "./admission";

/** Why nobody asks the policies about somebody. */
export function barWords(bar: Bar, loginMethod: string): string {
  switch (bar) {
    case "disabled":
      return "The application is disabled: nobody gets in.";
    case "person_disabled":
      return "This person is disabled in the user registry.";
    case "login_method_disabled":
      return `The login method ${loginMethod} is disabled, or no longer there.`;
    case "login_method":
      return `The application does not allow the login method ${loginMethod}.`;
  }
}

/** What decides about somebody, in a few words. */
export function whyOf(
  { decidedBy }: Explanation,
  { bar, opens }: Admission,
  loginMethod: string,
): string {
  if (bar && opens === "no") return barWords(bar, loginMethod);
  if (opens === "maybe") return "It depends on where they are, or on an external evaluation.";
  if (!decidedBy) return "No policy matches.";
  const { policyName, rule } = decidedBy;
  return rule ? `${policyName}: ${rule}` : policyName;
}
