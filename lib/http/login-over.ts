import type { Context } from "hono";
import { type Aim, aimOfTarget } from "@/lib/logins/aim";
import { browserMismatch, tookTooLong } from "@/lib/logins/diagnoses";
import { breakOff } from "@/lib/logins/finish";
import { type LoginTarget, SIGN_IN_MINUTES } from "@/lib/logins/schema";
import type { Arrival } from "@/lib/logins/store";
import { errorPage } from "./answer";
import { failedPage } from "./login-failure";
import { noteLogin } from "./login-journal";
import { loginPath } from "./login-links";
import * as words from "./login-words";
import type { PlainPage } from "./plain-page";
import { teamBrowser, type Visit } from "./visit";

/** Where a login that came to nothing begins once more. */
export const again = (aim: Aim | null, { otherAccount }: LoginTarget): Pick<PlainPage, "link"> =>
  aim ? { link: { href: loginPath(aim, { switch: otherAccount }), label: "Sign in again" } } : {};

const methodOf = ({ snapshot }: Visit, loginMethodId: string) => {
  const method = snapshot.loginMethods.get(loginMethodId);
  return method ? { id: method.id, name: method.name, kind: method.kind } : null;
};

/** The answer to a login that this browser did not begin, as far as its cookie tells. */
export async function inOtherBrowser(
  c: Context,
  visit: Visit,
  { login, ref, target }: Extract<Arrival, { kind: "other_browser" }>,
): Promise<Response> {
  const cookieCame = teamBrowser(visit) !== null;
  await breakOff({ login, steps: [] }, browserMismatch(cookieCame));
  const aim = aimOfTarget(visit.snapshot, target);
  const { loginId, loginMethodId } = login;
  const loginMethod = methodOf(visit, loginMethodId);
  const note = { event: "login_failed", allowed: false, reason: "round_trip_failed" } as const;
  await noteLogin(visit, { ...note, ref, aim, loginMethod, loginId });
  // Of tabs that were opened together, one has set the cookie; or it is somebody else's login. Either
  // way this browser begins anew, with the cookie that it has: so that happens once.
  if (cookieCame && aim) return c.redirect(aim.application ? aim.url : loginPath(aim), 302);
  return errorPage(c, 403, { ...words.loginElsewhere(), reference: ref }, "other browser");
}

/** The answer to a login that came too late. */
export async function isExpired(
  c: Context,
  visit: Visit,
  { login, ref, target }: Extract<Arrival, { kind: "expired" }>,
): Promise<Response> {
  await breakOff({ login, steps: [] }, tookTooLong(SIGN_IN_MINUTES));
  const aim = aimOfTarget(visit.snapshot, target);
  const page = { ...words.loginExpired(SIGN_IN_MINUTES), ...again(aim, target) };
  return failedPage(c, visit, {
    ...{ status: 403, page, reason: "login_expired", aim },
    loginMethod: methodOf(visit, login.loginMethodId),
    login: { ref, id: login.loginId },
  });
}

/** The answer to a login once more. */
export function isOver(
  c: Context,
  visit: Visit,
  { how, ref, target }: Extract<Arrival, { kind: "over" }>,
): Response {
  const aim = aimOfTarget(visit.snapshot, target);
  // Back and Reload: who is signed in goes on as if nothing had happened.
  if (how === "passed" && aim) return c.redirect(loginPath(aim), 302);
  const page = { ...words.loginRefused(), reference: ref, ...again(aim, target) };
  return errorPage(c, 403, page, how);
}
