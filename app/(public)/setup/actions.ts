"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { checkSetupToken } from "@/lib/admins/first-run/store";
import { setupAction } from "@/lib/admins/request-origin";
import { issueSession } from "@/lib/admins/session";
import { completeSetup } from "@/lib/admins/setup";
import { selfCheckSchema, setupSchema, unlockSchema } from "@/lib/admins/setup-schema";
import { selfChecks } from "@/lib/team/self-check";

export const unlockSetup = setupAction(unlockSchema, ({ token }) => checkSetupToken(token));

/** Needs the token: it makes the server call addresses. */
export const runSelfChecks = setupAction(selfCheckSchema, async ({ token, teamName }) => {
  await checkSetupToken(token);
  const request = await headers();
  return selfChecks(teamName, request.get("x-forwarded-host") ?? request.get("host"));
});

export const finishSetup = setupAction(setupSchema, async (input, from) => {
  await issueSession(await completeSetup(input, from));
  redirect("/");
});
