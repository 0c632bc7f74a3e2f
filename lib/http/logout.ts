import { type Context, Hono } from "hono";
import { recordAccess } from "@/lib/access-log/store";
import { clientAddress } from "@/lib/admins/client-address";
import { AppError } from "@/lib/kit/errors";
import { allDestinations } from "@/lib/sessions/audience/store";
import type { Bearer } from "@/lib/sessions/bearer";
import { clearCookie } from "@/lib/sessions/cookies";
import { COOKIES } from "@/lib/sessions/schema";
import { endOwnSessions, findLiveSession } from "@/lib/sessions/store";
import { errorPage, wordsPage } from "./answer";
import { knownSnapshot } from "./certs";
import { dataPlane } from "./data-plane";
import { presentedTo } from "./get-identity";
import { LOGIN } from "./login-links";
import { onlyVisits } from "./only-visits";
import type { PlainPage } from "./plain-page";
import { requestHost, requestScheme } from "./request-host";
import { speakableReference } from "./request-id";
import { returnAddress } from "./return-to";

/**
 * Whether a person went here, or a script of the very host did. An image or a frame of another site
 * must not sign anybody out.
 */
function isMeant(headers: Headers): boolean {
  const destination = headers.get("sec-fetch-dest");
  if (destination === null || destination === "document") return true;
  return headers.get("sec-fetch-site") === "same-origin";
}

async function note(c: Context, bearer: Extract<Bearer, { kind: "person" }>): Promise<void> {
  const { session, application } = bearer;
  const { headers } = c.req.raw;
  await recordAccess(dataPlane, {
    event: "logout",
    allowed: true,
    reason: "left",
    ref: speakableReference(),
    application: application && { id: application.id, name: application.name },
    host: requestHost(c.req.raw),
    user: { id: session.userId, email: session.person.email },
    loginMethod: session.person.loginMethod,
    serviceToken: null,
    ip: clientAddress(headers),
    country: session.country,
    userAgent: headers.get("user-agent"),
    explanation: null,
    identity: null,
    loginId: null,
  });
}

function forgetCookies(c: Context): void {
  const attributes = { https: requestScheme(c.req.raw) === "https", sameSite: "none" } as const;
  for (const name of [COOKIES.authorization, COOKIES.binding]) {
    c.header("set-cookie", clearCookie(name, attributes), { append: true });
  }
}

async function logout(c: Context): Promise<Response> {
  const { headers } = c.req.raw;
  if (!isMeant(headers)) {
    const page = {
      title: "You are still signed in",
      why: "Another site tried to sign you out.",
      fixes: ["To sign out, open this address yourself."],
    };
    return errorPage(c, 403, page, "logout by another site");
  }
  const snapshot = await knownSnapshot();
  if (!snapshot) throw new AppError("unavailable", "The settings were not read yet.");
  const { teamDomain } = snapshot;
  const { onTeamDomain, bearer } = await presentedTo(c, snapshot, (id, forIts) =>
    findLiveSession(dataPlane, id, forIts),
  );
  if (bearer?.kind === "person") {
    await endOwnSessions(dataPlane, bearer.session.userId);
    await note(c, bearer);
  }
  forgetCookies(c);
  const wanted = new URL(c.req.url).searchParams.get("returnTo");
  const here = `${requestScheme(c.req.raw)}://${requestHost(c.req.raw)}`;
  const homes = { teamDomain, here: URL.canParse(here) ? new URL(here).origin : teamDomain };
  const destinations = wanted ? await allDestinations(dataPlane) : [];
  const address = returnAddress(wanted, { ...homes, destinations });
  if (address) return c.redirect(address, 303);
  if (!bearer && !onTeamDomain) return wordsPage(c, unknownHere(teamDomain));
  const { application = null } = bearer ?? {};
  const back = application ? `/${requestHost(c.req.raw)}?kid=${application.aud}` : "";
  const label = application ? `Sign in to ${application.name} again` : "Sign in again";
  return wordsPage(c, signedOut(bearer !== null, { href: `${teamDomain}${LOGIN}${back}`, label }));
}

const signedOut = (wasSignedIn: boolean, link: NonNullable<PlainPage["link"]>): PlainPage => ({
  title: "You are signed out",
  why: wasSignedIn
    ? "Your sessions have ended, in every browser and for every application."
    : "This browser holds no session here that could be ended.",
  fixes: [
    "The provider that you signed in with may still know you. On a shared computer, sign out there too.",
  ],
  link,
});

/** A cookie with a path of its own does not come to this address. */
const unknownHere = (teamDomain: string): PlainPage => ({
  title: "You are signed out of this browser's session here",
  why: "No session of yours came with this request, so none was ended elsewhere.",
  fixes: ["To end your sessions everywhere, sign out on the sign-in page of your team."],
  link: { href: `${teamDomain}/cdn-cgi/access/logout`, label: "Sign out everywhere" },
});

/** Ends all sessions of the person, on the team domain and on the host of any application. */
export const logoutDoor = new Hono().use("/logout", onlyVisits).all("/logout", logout);
