import "server-only";
import type { Admin, Origin, Owner, Role, Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";

/** The one place that makes a capability, from an admin as the database knows them now. */
export const viewerOf = (
  admin: { id: string; name: string; email: string; role: Role },
  from: Origin,
): Viewer => ({ ...admin, from }) as unknown as Viewer;

export const isAdmin = (viewer: Viewer): viewer is Admin => viewer.role !== "read_only";
export const isOwner = (viewer: Viewer): viewer is Owner => viewer.role === "owner";

export const notSignedIn = (): AppError =>
  new AppError("unauthenticated", "You are not signed in any more.", {
    fix: "Open the sign-in page in another tab, sign in, then come back and try again. What you typed stays here.",
  });

/** The digest reaches the error page in place of the text, which production hides. */
const refusal = (message: string, fix: string): AppError =>
  Object.assign(new AppError("forbidden", message, { fix }), { digest: "GATEHOUSE_FORBIDDEN" });

export function asAdmin(viewer: Viewer): Admin {
  if (isAdmin(viewer)) return viewer;
  throw refusal(
    "Your role is Read-only, so you cannot change this.",
    "Ask an owner to make you an admin.",
  );
}

export function asOwner(viewer: Viewer): Owner {
  if (isOwner(viewer)) return viewer;
  throw refusal("Only an owner can do this.", "Ask an owner to do it, or to make you one.");
}
