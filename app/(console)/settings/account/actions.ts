"use server";
import { refresh } from "next/cache";
import { ownerAction } from "@/lib/admins/admin-action";
import { inviteAdmin, revokeInvitation } from "@/lib/admins/invitations/store";
import { adminIdSchema, changeRoleSchema, inviteSchema } from "@/lib/admins/schema";
import { changeRole, removeAdmin } from "@/lib/admins/store";

export const invite = ownerAction(inviteSchema, async (input, owner) => {
  const made = await inviteAdmin(owner, input);
  refresh();
  return made;
});

export const revoke = ownerAction(adminIdSchema, async ({ id }, owner) => {
  await revokeInvitation(owner, id);
  refresh();
});

export const setRole = ownerAction(changeRoleSchema, async ({ id, role }, owner) => {
  await changeRole(owner, id, role);
  refresh();
});

export const remove = ownerAction(adminIdSchema, async ({ id }, owner) => {
  await removeAdmin(owner, id);
  refresh();
});
