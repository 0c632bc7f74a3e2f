import type { Context } from "hono";
import { type Aim, aimOfTarget } from "@/lib/logins/aim";
import {
  applicationClosed,
  methodClosed,
  userDeprovisioned,
  userDisabled,
} from "@/lib/logins/diagnoses";
import { failureWords } from "@/lib/logins/failure-words";
import { breakOff, type Finish, finishLogin } from "@/lib/logins/finish";
import { type Judged, judgeLogin } from "@/lib/logins/judge-login";
import { opensSomething } from "@/lib/logins/launcher";
import { isAllowedMethod } from "@/lib/logins/methods";
import { type Claim, claimLogin, endLogin } from "@/lib/logins/store";
import type { Diagnosis } from "@/lib/oidc/schema";
import { findKeptOut, noteDenied, signIn } from "@/lib/users/sign-in/store";
import { admit, beginGlobalSession, turnAway } from "./admission";
import { errorPage } from "./answer";
import { dataPlane } from "./data-plane";
import { noteLogin, reasonOf } from "./login-journal";
import { again, inOtherBrowser, isExpired, isOver } from "./login-over";
import * as words from "./login-words";
import { blocked, surroundingsOf } from "./people";
import type { PlainPage } from "./plain-page";
import { teamBrowser, type Visit } from "./visit";

type Identified = Extract<Finish, { kind: "identified" }>;

/** Reasons that the block page has words for. */
type AboutPerson = "user_disabled" | "user_deprovisioned";

/** Ends a login for a reason that lies on our side, and says so. */
async function close(
  c: Context,
  visit: Visit,
  { claim, finish, aim }: { claim: Claim; finish: Identified; aim: Aim | null },
  end: {
    diagnosis: Diagnosis;
    reason: "application_disabled" | "login_method_disabled" | AboutPerson;
    page: PlainPage | AboutPerson;
  },
): Promise<Response> {
  const { method, person, outcome } = finish;
  const { login, ref } = claim;
  await breakOff(claim, end.diagnosis, outcome, "denied");
  const { reason } = end;
  const userId = await findKeptOut(login, person);
  const note = { event: "login", allowed: false, reason, ref, aim, loginMethod: method } as const;
  await noteLogin(visit, { ...note, person, userId, loginId: login.loginId });
  if (typeof end.page !== "string") {
    return errorPage(c, 403, { ...end.page, reference: ref, ...again(aim, claim.target) }, reason);
  }
  return blocked(c, {
    ...surroundingsOf(visit),
    reason: end.page,
    application: aim?.application ?? null,
    templates: visit.snapshot.templates,
    email: person.email,
    host: aim?.application ? aim.host : null,
    reference: ref,
  });
}

const CLOSED = {
  login_method_disabled: (name: string) => ({
    diagnosis: methodClosed(),
    reason: "login_method_disabled" as const,
    page: words.methodGone(name),
  }),
  application_disabled: () => ({
    diagnosis: applicationClosed(),
    reason: "application_disabled" as const,
    page: words.applicationGone(),
  }),
  user_disabled: () => ({
    diagnosis: userDisabled(),
    reason: "user_disabled" as const,
    page: "user_disabled" as const,
  }),
  user_deprovisioned: () => ({
    diagnosis: userDeprovisioned(),
    reason: "user_deprovisioned" as const,
    page: "user_deprovisioned" as const,
  }),
};

/** Whom the policies refuse: noted where the person is known, and neither user nor session is made. */
async function refusedByPolicy(
  c: Context,
  visit: Visit,
  { claim, finish, aim }: { claim: Claim; finish: Identified; aim: Aim },
  judged: Judged,
): Promise<Response> {
  const { method, person, outcome } = finish;
  const { login, ref } = claim;
  const userId = await noteDenied(login, person, { ip: visit.ip, ref });
  await endLogin(login, "denied", outcome);
  const { loginId } = login;
  const note = { event: "login", allowed: false, reason: reasonOf(judged), ref, aim } as const;
  await noteLogin(visit, { ...note, loginMethod: method, person, userId, judged, loginId });
  return turnAway(c, visit, aim, { email: person.email, judged, reference: ref });
}

async function letIn(
  c: Context,
  visit: Visit,
  { claim, finish, aim }: { claim: Claim; finish: Identified; aim: Aim },
  judged: Judged | null,
): Promise<Response> {
  const { method, person, outcome } = finish;
  const { login, ref } = claim;
  const { ip, country, userAgent } = visit;
  const applicationId = aim.application?.id ?? null;
  const entered = await signIn(login, { person, applicationId, ip, ref, country, userAgent });
  if (entered.kind === "refused") {
    return close(c, visit, { claim, finish, aim }, CLOSED[entered.reason](method.name));
  }
  await endLogin(login, "passed", outcome);
  const { userId, sessionId, expiresAt } = entered;
  const { loginId } = login;
  const note = { event: "login", allowed: true, reason: "policy_allowed", ref, aim } as const;
  await noteLogin(visit, { ...note, loginMethod: method, person, userId, judged, loginId });
  const signedIn = { sessionId, userId, person, country };
  const { otherAccount } = claim.target;
  await beginGlobalSession(c, visit, signedIn, { expiresAt, otherAccount });
  return admit(c, visit, aim, signedIn, { judged, login: { ref, id: loginId } });
}

/** Open to strangers by now, so that nobody becomes a user by it. */
async function passedBy(
  c: Context,
  visit: Visit,
  { claim, finish, aim }: { claim: Claim; finish: Identified; aim: Aim },
  judged: Judged,
): Promise<Response> {
  const { method, person, outcome } = finish;
  const { login, ref } = claim;
  await endLogin(login, "passed", outcome);
  const { loginId } = login;
  const note = { event: "login", allowed: true, reason: "policy_allowed", ref, aim } as const;
  await noteLogin(visit, { ...note, loginMethod: method, person, judged, loginId });
  return c.redirect(aim.url, 302);
}

/** Who it is is known: now the application, the login method and the policies of this moment count. */
async function identified(
  c: Context,
  visit: Visit,
  claim: Claim,
  finish: Identified,
): Promise<Response> {
  const { snapshot } = visit;
  const aim = aimOfTarget(snapshot, claim.target);
  const { method, person } = finish;
  const closing = { claim, finish, aim };
  if (!aim || aim.application?.enabled === false) {
    return close(c, visit, closing, CLOSED.application_disabled());
  }
  const isOpen = snapshot.loginMethods.get(method.id)?.enabled;
  if (!isOpen || !isAllowedMethod(aim.application, method.id)) {
    return close(c, visit, closing, CLOSED.login_method_disabled(method.name));
  }
  const at = { claim, finish, aim };
  if (!aim.application) {
    const { judged } = await opensSomething(snapshot, person, visit);
    return judged ? refusedByPolicy(c, visit, at, judged) : letIn(c, visit, at, null);
  }
  const judged = await judgeLogin(snapshot, aim.application, person, visit);
  if (judged.outcome === "bypass") return passedBy(c, visit, at, judged);
  const allowed = judged.outcome === "allow";
  return allowed ? letIn(c, visit, at, judged) : refusedByPolicy(c, visit, at, judged);
}

async function goOn(
  c: Context,
  visit: Visit,
  claim: Claim,
  query: URLSearchParams,
): Promise<Response> {
  const finish = await finishLogin(claim, query);
  if (finish.kind === "identified") return identified(c, visit, claim, finish);
  const { diagnosis, method } = finish;
  const { ref, login } = claim;
  const aim = aimOfTarget(visit.snapshot, claim.target);
  const { loginId } = login;
  const note = { event: "login_failed", allowed: false, reason: "round_trip_failed" } as const;
  await noteLogin(visit, { ...note, ref, aim, loginMethod: method, loginId });
  const name = method?.name ?? "the provider";
  const page =
    diagnosis.code === "changed_during_login"
      ? words.changedDuringLogin(name)
      : diagnosis.code === "login_method_closed"
        ? words.methodGone(method?.name ?? null)
        : failureWords(diagnosis.code, name);
  return errorPage(
    c,
    403,
    { ...page, reference: ref, ...again(aim, claim.target) },
    diagnosis.code,
  );
}

/**
 * The second half of a login, at the callback that Test has too. Null when no login sent this state:
 * then it may be a test run's. Neither can complete the other.
 */
export async function arriveAtLogin(
  c: Context,
  visit: Visit,
  query: URLSearchParams,
): Promise<Response | null> {
  const arrival = await claimLogin(dataPlane, query.get("state") ?? "", teamBrowser(visit));
  switch (arrival.kind) {
    case "claimed":
      return goOn(c, visit, arrival.claim, query);
    case "other_browser":
      return inOtherBrowser(c, visit, arrival);
    case "expired":
      return isExpired(c, visit, arrival);
    case "over":
      return isOver(c, visit, arrival);
    case "unknown":
      return null;
  }
}
