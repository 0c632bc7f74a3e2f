"use server";
import { refresh } from "next/cache";
import * as z from "zod";
import { adminAction } from "@/lib/admins/admin-action";
import { rotateSigningKey } from "@/lib/keys/store";
import {
  countryHeaderSchema,
  rotationSchema,
  sessionDurationSchema,
} from "@/lib/team/global-session/schema";
import {
  setCountryHeader,
  setRotationDays,
  setSessionDuration,
} from "@/lib/team/global-session/store";

export const saveDuration = adminAction(
  sessionDurationSchema,
  async ({ sessionDuration }, admin) => {
    await setSessionDuration(admin, sessionDuration);
    refresh();
  },
);

export const saveCountryHeader = adminAction(
  countryHeaderSchema,
  async ({ countryHeader }, admin) => {
    await setCountryHeader(admin, countryHeader);
    refresh();
  },
);

export const saveRotationDays = adminAction(rotationSchema, async ({ days }, admin) => {
  await setRotationDays(admin, days);
  refresh();
});

export const rotate = adminAction(z.strictObject({}), async (_, admin) => {
  await rotateSigningKey(admin);
  refresh();
});
