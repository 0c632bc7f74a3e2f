"use server";
import { refresh } from "next/cache";
import { adminAction } from "@/lib/admins/admin-action";
import { regenerateScimSchema } from "@/lib/scim/secrets/schema";
import { regenerateScimSecret } from "@/lib/scim/secrets/store";

export const regenerateScim = adminAction(regenerateScimSchema, async (input, admin) => {
  const made = await regenerateScimSecret(admin, input);
  refresh();
  return made;
});
