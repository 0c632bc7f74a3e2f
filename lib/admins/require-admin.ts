import "server-only";
import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { connection } from "next/server";
import type { Admin, Viewer } from "@/lib/kit/actor";
import { installation } from "@/lib/team/store";
import { safeCallbackPath } from "./callback-path";
import { asAdmin, isAdmin, viewerOf } from "./capability";
import { requestOrigin } from "./request-origin";
import { readSession } from "./session";
import { sessionAdmin } from "./store";

/** The admin whose session this request carries, as the database knows them now; null without one. */
export async function findViewer(): Promise<Viewer | null> {
  await connection();
  const session = await readSession();
  const admin = session && (await sessionAdmin(session));
  return admin ? viewerOf(admin, await requestOrigin()) : null;
}

/** Where to come back to after signing in: the path that proxy.ts noted, if it did. */
async function loginPath(): Promise<string> {
  const path = safeCallbackPath((await headers()).get("x-gatehouse-path"));
  return path === "/" ? "/login" : `/login?callbackUrl=${encodeURIComponent(path)}`;
}

/**
 * For pages and route handlers: whoever is signed in, or a redirect to set-up or to sign-in. Waits
 * for a request first, so that `next build` never gets as far as the database.
 */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await findViewer();
  if (viewer) return viewer;
  const { setupDone } = await installation();
  redirect(setupDone ? await loginPath() : "/setup");
}

/** For pages: as `requireViewer`, and a read-only admin gets the page that says so, with 403. */
export async function requireAdminPage(): Promise<Admin> {
  const viewer = await requireViewer();
  return isAdmin(viewer) ? viewer : forbidden();
}

/** For route handlers: as `requireViewer`; AppError `forbidden` for a read-only admin. */
export const requireAdmin = async (): Promise<Admin> => asAdmin(await requireViewer());
