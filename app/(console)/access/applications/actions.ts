"use server";
import { refresh } from "next/cache";
import * as z from "zod";
import { adminAction } from "@/lib/admins/admin-action";
import { applicationInputSchema } from "@/lib/applications/schema";
import { addApplication, changeApplication, removeApplication } from "@/lib/applications/store";
import { revokeApplicationTokens, setApplicationEnabled } from "@/lib/applications/switches/store";
import { dismissProxyReport } from "@/lib/gate/reports/store";

const one = z.object({ id: z.uuid() });
const reportSchema = z.object({ id: z.string().max(64) });
const changeSchema = applicationInputSchema.extend({ id: z.uuid(), version: z.number().int() });

export const add = adminAction(applicationInputSchema, (input, admin) =>
  addApplication(admin, input),
);

export const change = adminAction(changeSchema, (input, admin) => changeApplication(admin, input));

export const setEnabled = adminAction(
  one.extend({ enabled: z.boolean() }),
  async (input, admin) => {
    await setApplicationEnabled(admin, input);
    refresh();
  },
);

export const revoke = adminAction(one, async ({ id }, admin) => {
  await revokeApplicationTokens(admin, id);
  refresh();
});

export const remove = adminAction(one, async ({ id }, admin) => {
  await removeApplication(admin, id);
  refresh();
});

export const dismissReport = adminAction(reportSchema, async ({ id }, admin) => {
  await dismissProxyReport(admin, id);
  refresh();
});
