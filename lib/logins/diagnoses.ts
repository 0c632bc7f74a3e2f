import { isAppError } from "@/lib/kit/errors";
import { diagnosisFor } from "@/lib/oidc/diagnose";
import type { Diagnosis, Step } from "@/lib/oidc/schema";

/**
 * Ends of a login that no round trip reaches: they come from the browser, from an admin's change or
 * from this installation.
 */
const diagnosis = (
  code: string,
  step: Step,
  text: Pick<Diagnosis, "title" | "cause" | "fixes">,
): Diagnosis => ({ code, step, field: null, facts: [], remedies: [], ...text });

export const browserMismatch = (cookieCame: boolean): Diagnosis =>
  diagnosisFor("browser_mismatch", "callback", [
    { label: "Cookie of this login", value: cookieCame ? "of another browser" : "did not come" },
    { label: "Code", value: "not used" },
  ]);

export const tookTooLong = (minutes: number): Diagnosis =>
  diagnosis("login_expired", "callback", {
    title: "The person came back too late",
    cause: `The login was begun more than ${minutes} minutes before the provider's answer came, so the answer was not used.`,
    fixes: ["Nothing to do: the person was asked to sign in again."],
  });

export const changedDuringLogin = (): Diagnosis =>
  diagnosis("changed_during_login", "callback", {
    title: "The login method was changed during the login",
    cause:
      "Its settings were saved again after the browser left for the provider, so this answer belongs to the old settings and was not used.",
    fixes: ["Nothing to do: the person was asked to sign in again."],
  });

export const methodClosed = (): Diagnosis =>
  diagnosis("login_method_closed", "callback", {
    title: "The login method was disabled during the login",
    cause:
      "It was disabled, deleted, or taken from the application's login methods after the browser left for the provider, so the person was not let in.",
    fixes: ["Enable the login method again if people should use it."],
  });

export const applicationClosed = (): Diagnosis =>
  diagnosis("application_closed", "identity", {
    title: "The application was disabled during the login",
    cause:
      "It was disabled or deleted after the browser left for the provider, so the person was not let in.",
    fixes: ["Enable the application again if people should open it."],
  });

export const userDisabled = (): Diagnosis =>
  diagnosis("user_disabled", "identity", {
    title: "This person is disabled",
    cause: "The sign-in itself went well. An admin disabled this person in the user registry.",
    fixes: ["Enable the person in My Team > Users if they should come in again."],
  });

export const userDeprovisioned = (): Diagnosis =>
  diagnosis("user_deprovisioned", "identity", {
    title: "The provider deactivated this person",
    cause:
      "The sign-in itself went well. By SCIM, the login method says that this person is not active, and Enable user deprovisioning keeps such people out.",
    fixes: [
      "Assign or activate the person again in the provider, in the application that does the provisioning.",
      "Or turn off Enable user deprovisioning for the login method, if logins alone should decide.",
    ],
  });

export const neverTested = (): Diagnosis =>
  diagnosis("issuer_unknown", "configuration", {
    title: "It is not known whose tokens to trust",
    cause:
      "No issuer is entered for this login method, none could be discovered, and no passed test has pinned one. Gatehouse takes no token without that.",
    fixes: [
      "Open the login method and choose Test: a passed test pins the issuer.",
      "Or enter the Issuer.",
    ],
  });

/** For what Gatehouse itself could not do; the reference is in the log. */
export function couldNotRun(error: unknown, step: Step, reference: string): Diagnosis {
  const known = isAppError(error);
  return {
    ...diagnosis(known ? error.code : "internal", step, {
      title: "Gatehouse could not finish this login",
      cause: known ? error.message : "Something went wrong inside Gatehouse.",
      fixes: [
        known && error.fix ? error.fix : `Look for ${reference} in the server log to see what.`,
      ],
    }),
    facts: [{ label: "Reference", value: reference }],
  };
}
