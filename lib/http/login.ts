import { type Context, Hono } from "hono";
import { type Aim, aimOf, targetOf } from "@/lib/logins/aim";
import { tokenDuration } from "@/lib/logins/duration";
import { failureWords } from "@/lib/logins/failure-words";
import { judgeLogin } from "@/lib/logins/judge-login";
import { instantMethod, isAllowedMethod, openMethods } from "@/lib/logins/methods";
import { ifNotBusy, mayBegin } from "@/lib/logins/quota";
import { startLogin } from "@/lib/logins/start";
import type { LiveSession } from "@/lib/sessions/store";
import { callbackUrlFor } from "@/lib/team/domain";
import { admit, globalSession, turnAway } from "./admission";
import { errorPage, peoplePage } from "./answer";
import { dataPlane } from "./data-plane";
import { failedPage, noteFailure } from "./login-failure";
import { noteLogin, reasonOf } from "./login-journal";
import { isLoginMessage, LAUNCHER, LOGIN_MESSAGES, loginPath, startPath } from "./login-links";
import * as words from "./login-words";
import { loginPage } from "./pages/login-page";
import { asDocument, blocked, byPeople, onTeamDomain, surroundingsOf } from "./people";
import { speakableReference } from "./request-id";
import { ensureTeamBrowser, type Visit } from "./visit";

/** Where the address says that somebody wants to go; an answer where it leads nowhere. */
async function aimIn(c: Context, visit: Visit): Promise<Aim | Response> {
  const { snapshot, query } = visit;
  const host = c.req.param("host") ?? new URL(snapshot.teamDomain).host;
  const aim = aimOf(snapshot, host, query);
  if (!aim) {
    const page = words.unknownApplication(host);
    const failure = { status: 404, page, reason: "unknown_host" } as const;
    return failedPage(c, visit, { ...failure, aim: { application: null, host } });
  }
  if (!aim.application || aim.application.enabled) return aim;
  return blocked(c, {
    ...surroundingsOf(visit),
    reason: "application_disabled",
    application: aim.application,
    templates: snapshot.templates,
    host: aim.host,
    reference: await noteFailure(visit, { reason: "application_disabled", aim }),
  });
}

const tooMany = (c: Context, visit: Visit, aim: Aim): Promise<Response> =>
  failedPage(c, visit, {
    ...{ status: 429, page: words.tooManyLogins(), reason: "too_many_logins", aim },
  });

/** Somebody who is signed in already is let in, or turned away, without asking the provider again. */
async function withSession(
  c: Context,
  visit: Visit,
  aim: Aim,
  session: LiveSession,
): Promise<Response | null> {
  const { application } = aim;
  if (!application) return c.redirect(LAUNCHER, 302);
  const { person, userId, id: sessionId } = session;
  if (!isAllowedMethod(application, person.loginMethod.id)) return null;
  const judged = await judgeLogin(visit.snapshot, application, person, visit);
  const allowed = judged.outcome === "allow" || judged.outcome === "bypass";
  if (allowed && tokenDuration(application, judged.policy) === 0) return null;
  const ref = speakableReference();
  const { loginMethod } = person;
  const reason = reasonOf(judged);
  const note = { event: "login", allowed, reason, ref, aim, loginMethod, person } as const;
  const reference = await noteLogin(visit, { ...note, userId, judged });
  if (!allowed) return turnAway(c, visit, aim, { email: person.email, judged, reference });
  const { country } = visit;
  const login = { ref: reference, id: null };
  return admit(c, visit, aim, { sessionId, userId, person, country }, { judged, login });
}

/** What holds whoever it is: nobody is asked to sign in where that cannot help. */
async function beforeSignIn(c: Context, visit: Visit, aim: Aim): Promise<Response | null> {
  if (!aim.application) return null;
  const judged = await judgeLogin(visit.snapshot, aim.application, null, visit);
  if (judged.outcome === "sign_in") return null;
  if (judged.outcome === "bypass") return c.redirect(aim.url, 302);
  // Each of these is an entry of the log.
  if (!mayBegin(visit.ip)) return tooMany(c, visit, aim);
  const ref = speakableReference();
  const note = { event: "denied", allowed: false, reason: reasonOf(judged), ref, aim } as const;
  const reference = await noteLogin(visit, { ...note, loginMethod: null, judged });
  return turnAway(c, visit, aim, { email: null, judged, reference });
}

function choose(c: Context, visit: Visit, aim: Aim, another: boolean): Response {
  const { application, host } = aim;
  const methods = openMethods(visit.snapshot, application);
  const asked = visit.query.get("message");
  const message = isLoginMessage(asked) ? LOGIN_MESSAGES[asked] : undefined;
  const instant = message ? null : instantMethod(methods, application);
  ensureTeamBrowser(c, visit);
  if (instant) return c.redirect(startPath(aim, instant.id, { switch: another }), 302);
  const page = loginPage({
    ...surroundingsOf(visit),
    application: application && {
      name: application.name,
      host,
      logo: application.settings.logo_url,
    },
    methods: methods.map((method) => ({
      ...method,
      href: startPath(aim, method.id, { switch: another }),
    })),
    ...(message && { message }),
  });
  return peoplePage(c, page);
}

async function login(c: Context, visit: Visit): Promise<Response> {
  const aim = await aimIn(c, visit);
  if (aim instanceof Response) return aim;
  const another = visit.query.get("switch") === "1";
  const session = another ? null : await globalSession(visit);
  const known = session && (await withSession(c, visit, aim, session));
  return known ?? (await beforeSignIn(c, visit, aim)) ?? choose(c, visit, aim, another);
}

async function begin(c: Context, visit: Visit): Promise<Response> {
  const aim = await aimIn(c, visit);
  if (aim instanceof Response) return aim;
  const methods = openMethods(visit.snapshot, aim.application);
  const method = methods.find(({ id }) => id === c.req.param("method"));
  if (!method) return c.redirect(loginPath(aim, { message: "method_closed" }), 302);
  const refused = await beforeSignIn(c, visit, aim);
  if (refused) return refused;
  const { ip, userAgent, snapshot, query } = visit;
  const otherAccount = query.get("switch") === "1";
  if (!mayBegin(ip)) return tooMany(c, visit, aim);
  const ref = speakableReference();
  const browser = ensureTeamBrowser(c, visit);
  const start = await ifNotBusy(() =>
    startLogin(dataPlane, {
      loginMethodId: method.id,
      target: targetOf(aim, { otherAccount }),
      browser,
      redirectUri: callbackUrlFor(snapshot.teamDomain),
      ref,
      ip,
      userAgent,
    }),
  );
  if (!start) {
    return failedPage(c, visit, { status: 503, page: words.busy(), reason: "busy", aim });
  }
  if (start.kind === "provider") return c.redirect(start.url, 302);
  if (start.kind === "closed") return c.redirect(loginPath(aim, { message: "method_closed" }), 302);
  const { loginId, diagnosis } = start;
  const failed = { event: "login_failed", allowed: false, reason: "round_trip_failed" } as const;
  await noteLogin(visit, { ...failed, ref, aim, loginMethod: start.method, loginId });
  const page =
    diagnosis.code === "issuer_unknown"
      ? words.neverTested(method.name)
      : failureWords(diagnosis.code, method.name);
  const link = { href: loginPath(aim), label: "Back to the sign-in page" };
  return errorPage(c, 503, { ...page, reference: ref, link }, diagnosis.code);
}

/** The login page of the team domain, and where each of its links begins a login. */
export const loginDoor = new Hono()
  .use("/login/*", byPeople, asDocument)
  .all("/login", byPeople, asDocument, onTeamDomain(login))
  .all("/login/:host", onTeamDomain(login))
  .all("/login/:host/:method", onTeamDomain(begin));
