"use server";
import { refresh } from "next/cache";
import { adminAction } from "@/lib/admins/admin-action";
import { revokeLinkSchema } from "@/lib/test-links/schema";
import { revokeTestLink } from "@/lib/test-links/store";

export const revokeLink = adminAction(revokeLinkSchema, async ({ id }, admin) => {
  await revokeTestLink(admin, id);
  refresh();
});
