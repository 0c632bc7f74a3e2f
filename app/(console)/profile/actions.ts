"use server";
import { refresh } from "next/cache";
import * as z from "zod";
import { viewerAction } from "@/lib/admins/admin-action";
import { changePassword, endSessions } from "@/lib/admins/credentials/store";
import { changePasswordSchema, profileNameSchema } from "@/lib/admins/schema";
import { issueSession } from "@/lib/admins/session";
import { renameSelf } from "@/lib/admins/store";

export const saveName = viewerAction(profileNameSchema, async ({ name }, viewer) => {
  await renameSelf(viewer, name);
  refresh();
});

/** Every session ends with the old password; this browser gets a new one at once. */
export const savePassword = viewerAction(changePasswordSchema, async (input, viewer) =>
  issueSession(await changePassword(viewer, input)),
);

export const signOutElsewhere = viewerAction(z.object({}), async (_input, viewer) =>
  issueSession(await endSessions(viewer)),
);
