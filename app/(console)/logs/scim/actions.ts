"use server";
import { adminAction } from "@/lib/admins/admin-action";
import { replayEntry } from "@/lib/scim/replay/replay-entry";
import { replaySchema } from "@/lib/scim/replay/schema";

/** Nothing is kept of it, so no page needs a new rendering. */
export const replay = adminAction(replaySchema, ({ id }, admin) => replayEntry(admin, id));
