"use server";
import { refresh } from "next/cache";
import { adminAction } from "@/lib/admins/admin-action";
import { renameTeamSchema } from "@/lib/team/schema";
import { renameTeam } from "@/lib/team/store";

export const saveTeamName = adminAction(renameTeamSchema, async ({ name }, admin) => {
  await renameTeam(admin, name);
  refresh();
});
