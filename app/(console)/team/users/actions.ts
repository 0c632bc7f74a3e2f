"use server";
import * as z from "zod";
import { adminAction } from "@/lib/admins/admin-action";
import { revokeSession } from "@/lib/sessions/store";
import { severalSchema, toEach } from "@/lib/users/several";
import { disableUser, enableUser, removeUser, revokeUser } from "@/lib/users/store";

const oneSchema = z.strictObject({ id: z.uuid() });

export const revoke = adminAction(oneSchema, ({ id }, admin) => revokeUser(admin, id));
export const disable = adminAction(oneSchema, ({ id }, admin) => disableUser(admin, id));
export const enable = adminAction(oneSchema, ({ id }, admin) => enableUser(admin, id));
export const remove = adminAction(oneSchema, ({ id }, admin) => removeUser(admin, id));
export const revokeOne = adminAction(oneSchema, ({ id }, admin) => revokeSession(admin, id));
export const revokeSeveral = adminAction(severalSchema, ({ ids }, admin) =>
  toEach(ids, (id) => revokeUser(admin, id)),
);
export const removeSeveral = adminAction(severalSchema, ({ ids }, admin) =>
  toEach(ids, (id) => removeUser(admin, id)),
);
