import "server-only";
import { actionFor } from "@/lib/kit/action";
import type { Viewer } from "@/lib/kit/actor";
import { asAdmin, asOwner, notSignedIn } from "./capability";
import { findViewer } from "./require-admin";

/** A form that was open when the session ended keeps what was typed: an answer, not a redirect. */
async function signedIn(): Promise<Viewer> {
  const viewer = await findViewer();
  if (!viewer) throw notSignedIn();
  return viewer;
}

/** Server actions for anyone signed in, for those who may change things, and for owners. */
export const viewerAction = actionFor(signedIn);
export const adminAction = actionFor(async () => asAdmin(await signedIn()));
export const ownerAction = actionFor(async () => asOwner(await signedIn()));
