"use server";
import { refresh } from "next/cache";
import * as z from "zod";
import { adminAction } from "@/lib/admins/admin-action";
import { addGroup, changeGroup, removeGroup } from "@/lib/policies/groups/store";
import { ruleGroupInputSchema } from "@/lib/policies/schema";

const changeSchema = ruleGroupInputSchema.extend({ id: z.uuid(), version: z.number().int() });

export const add = adminAction(ruleGroupInputSchema, (input, admin) => addGroup(admin, input));

export const change = adminAction(changeSchema, (input, admin) => changeGroup(admin, input));

export const remove = adminAction(z.object({ id: z.uuid() }), async ({ id }, admin) => {
  await removeGroup(admin, id);
  refresh();
});
