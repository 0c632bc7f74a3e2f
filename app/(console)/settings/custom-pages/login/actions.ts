"use server";
import { refresh } from "next/cache";
import { adminAction } from "@/lib/admins/admin-action";
import { designFormSchema, designOf } from "@/lib/custom-pages/schema";
import { saveLoginDesign } from "@/lib/custom-pages/store";

export const saveDesign = adminAction(designFormSchema, async (form, admin) => {
  await saveLoginDesign(admin, designOf(form));
  refresh();
});
