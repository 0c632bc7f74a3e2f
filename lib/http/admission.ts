import type { Context } from "hono";
import { signToken } from "@/lib/keys/sign";
import type { Aim } from "@/lib/logins/aim";
import { handOver, type SignedIn } from "@/lib/logins/hand-over";
import type { Judged } from "@/lib/logins/judge-login";
import type { LoginMeta } from "@/lib/logins/schema";
import { bearerOf } from "@/lib/sessions/bearer";
import { serializeCookie } from "@/lib/sessions/cookies";
import { orgToken } from "@/lib/sessions/mint";
import { COOKIES } from "@/lib/sessions/schema";
import { findLiveSession, type LiveSession, replaceSession } from "@/lib/sessions/store";
import { dataPlane } from "./data-plane";
import { failedPage } from "./login-failure";
import { LAUNCHER, LOGOUT, loginPath } from "./login-links";
import * as words from "./login-words";
import { blocked, surroundingsOf } from "./people";
import { isHttps, type Visit } from "./visit";

/** The global session of this browser on the team domain, while it holds. */
export async function globalSession({ snapshot, cookies }: Visit): Promise<LiveSession | null> {
  const presented = { cookies, header: null, onTeamDomain: true };
  const bearer = await bearerOf(snapshot, presented, (id, forIts) =>
    findLiveSession(dataPlane, id, forIts),
  );
  return bearer?.kind === "person" && bearer.application === null ? bearer.session : null;
}

/**
 * Whether the tokens of a browser's earlier session end with it: where somebody else takes over. The
 * same person goes on in their other tabs, and so does who uses two login methods side by side.
 */
const isTakenOver = (before: LiveSession, { userId, person }: SignedIn): boolean =>
  before.userId !== userId && before.person.loginMethod.id === person.loginMethod.id;

/**
 * Sets the global CF_Authorization cookie (reference: cloudflare-access §4.2), in place of the session
 * that this browser had.
 */
export async function beginGlobalSession(
  c: Context,
  visit: Visit,
  signedIn: SignedIn,
  { expiresAt, otherAccount }: { expiresAt: number; otherAccount: boolean },
): Promise<void> {
  const before = await globalSession(visit);
  if (before) {
    const tokensToo = otherAccount || isTakenOver(before, signedIn);
    await replaceSession(dataPlane, before, { tokensToo });
  }
  const { snapshot } = visit;
  const { sessionId, userId, person, country } = signedIn;
  const now = Date.now();
  const { teamDomain: issuer } = snapshot;
  const { email } = person;
  const claims = orgToken({ issuer, now, expiresAt, userId, sessionId, email, country });
  const cookie = serializeCookie(
    COOKIES.authorization,
    await signToken(claims),
    (expiresAt - now) / 1000,
    { https: isHttps(issuer), sameSite: "none" },
  );
  c.header("set-cookie", cookie, { append: true });
}

/** Sends a person on whom the policies let in: with the token to the application, or to the launcher. */
export async function admit(
  c: Context,
  visit: Visit,
  aim: Aim,
  signedIn: SignedIn,
  { judged, login }: { judged: Judged | null; login: NonNullable<LoginMeta["login"]> },
): Promise<Response> {
  const { application, meta, url, host } = aim;
  if (!application || !judged) return c.redirect(LAUNCHER, 302);
  // Opened by hand: the gate of the application begins again, and finds the session.
  if (!meta) return c.redirect(url, 302);
  // Hosts of a chain take their room in the address.
  const carried = meta.chain ? meta : { ...meta, login };
  const result = await handOver(visit.snapshot, application, carried, signedIn, judged);
  const { person, userId } = signedIn;
  const who = { aim, login, person, userId, loginMethod: person.loginMethod };
  switch (result.kind) {
    case "handed_over":
      return c.redirect(result.url, 302);
    case "loop":
      return failedPage(c, visit, {
        ...{ status: 409, page: words.loop(host, url), reason: "redirect_loop" },
        ...who,
      });
    case "over":
      return failedPage(c, visit, {
        ...{ status: 403, page: words.endedMeanwhile(url), reason: "ended_meanwhile" },
        ...who,
      });
  }
}

/** The block page for a person, or for somebody who is not asked to sign in at all. */
export function turnAway(
  c: Context,
  visit: Visit,
  aim: Aim,
  { email, judged, reference }: { email: string | null; judged: Judged; reference: string },
): Response {
  const { application } = aim;
  const reason = email !== null && judged.identityMatters ? "identity" : "other";
  return blocked(c, {
    ...surroundingsOf(visit),
    reason,
    application,
    templates: visit.snapshot.templates,
    email,
    host: aim.application ? aim.host : null,
    path: aim.path,
    reference,
    switchAccountHref: email === null ? null : loginPath(aim, { switch: true }),
    homeHref: email === null ? null : LAUNCHER,
    signOutHref: email === null ? null : LOGOUT,
  });
}
