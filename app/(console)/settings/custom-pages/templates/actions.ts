"use server";
import { refresh } from "next/cache";
import { adminAction } from "@/lib/admins/admin-action";
import {
  changeTemplateSchema,
  removeTemplateSchema,
  templateInputSchema,
} from "@/lib/custom-pages/schema";
import { addTemplate, changeTemplate, removeTemplate } from "@/lib/custom-pages/templates/store";

export const add = adminAction(templateInputSchema, async (input, admin) => ({
  id: await addTemplate(admin, input),
}));

export const change = adminAction(changeTemplateSchema, async ({ id, ...input }, admin) => {
  await changeTemplate(admin, id, input);
  refresh();
  return { id };
});

export const remove = adminAction(removeTemplateSchema, async ({ id }, admin) => {
  await removeTemplate(admin, id);
  refresh();
});
