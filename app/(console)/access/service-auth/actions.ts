"use server";
import { refresh } from "next/cache";
import * as z from "zod";
import { adminAction } from "@/lib/admins/admin-action";
import { rotateServiceTokenSchema, serviceTokenInputSchema } from "@/lib/service-tokens/schema";
import {
  createServiceToken,
  extendServiceToken,
  removeServiceToken,
  rotateServiceToken,
  setServiceTokenEnabled,
} from "@/lib/service-tokens/store";

const one = z.object({ id: z.uuid() });

export const create = adminAction(serviceTokenInputSchema, async (input, admin) => {
  const secret = await createServiceToken(admin, input);
  refresh();
  return secret;
});

export const rotate = adminAction(rotateServiceTokenSchema, async (input, admin) => {
  const secret = await rotateServiceToken(admin, input);
  refresh();
  return secret;
});

export const extend = adminAction(one, async ({ id }, admin) => {
  await extendServiceToken(admin, id);
  refresh();
});

export const setEnabled = adminAction(
  one.extend({ enabled: z.boolean() }),
  async (input, admin) => {
    await setServiceTokenEnabled(admin, input);
    refresh();
  },
);

export const remove = adminAction(one, async ({ id }, admin) => {
  await removeServiceToken(admin, id);
  refresh();
});
