"use server";
import { adminAction } from "@/lib/admins/admin-action";
import { keySchema, makeKeySchema } from "@/lib/client-keys/schema";
import { makeClientKey, removeClientKey, switchToClientKey } from "@/lib/client-keys/store";

export const makeKey = adminAction(makeKeySchema, (input, admin) => makeClientKey(admin, input));
export const switchKey = adminAction(keySchema, (input, admin) => switchToClientKey(admin, input));
export const removeKey = adminAction(keySchema, (input, admin) => removeClientKey(admin, input));
