"use server";
import { refresh } from "next/cache";
import * as z from "zod";
import { adminAction } from "@/lib/admins/admin-action";
import { policyInputSchema } from "@/lib/policies/schema";
import { addPolicy, changePolicy, removePolicy } from "@/lib/policies/store";

const changeSchema = policyInputSchema.safeExtend({ id: z.uuid(), version: z.number().int() });

export const add = adminAction(policyInputSchema, (input, admin) => addPolicy(admin, input));

export const change = adminAction(changeSchema, (input, admin) => changePolicy(admin, input));

export const remove = adminAction(z.object({ id: z.uuid() }), async ({ id }, admin) => {
  await removePolicy(admin, id);
  refresh();
});
