import { type Context, Hono } from "hono";
import { applicationHref, openApplications } from "@/lib/logins/launcher";
import { globalSession } from "./admission";
import { peoplePage } from "./answer";
import { LOGOUT } from "./login-links";
import { launcherPage } from "./pages/launcher-page";
import { byPeople, onTeamDomain, surroundingsOf } from "./people";
import type { Visit } from "./visit";

async function launcher(c: Context, visit: Visit): Promise<Response> {
  const session = await globalSession(visit);
  if (!session) return c.redirect("/cdn-cgi/access/login", 302);
  const { snapshot } = visit;
  const shown = openApplications(snapshot, session.person, visit).flatMap((application) => {
    const { app_launcher_visible: visible, logo_url: logo } = application.settings;
    const address = visible ? applicationHref(application, snapshot) : null;
    return address ? [{ name: application.name, logo, ...address }] : [];
  });
  const page = launcherPage({
    ...surroundingsOf(visit),
    person: session.person,
    applications: shown,
    signOutHref: LOGOUT,
  });
  return peoplePage(c, page);
}

/** The App Launcher, for people who are signed in on the team domain. */
export const launcherDoor = new Hono()
  .use("/launcher", byPeople)
  .all("/launcher", onTeamDomain(launcher));
