"use server";
import { redirect } from "next/navigation";
import { acceptInvitation as accept, readInvitation as read } from "@/lib/admins/invitations/store";
import { publicAction } from "@/lib/admins/request-origin";
import { acceptInvitationSchema, invitationKeySchema } from "@/lib/admins/schema";
import { issueSession } from "@/lib/admins/session";

export const readInvitation = publicAction(invitationKeySchema, (key) => read(key));

export const acceptInvitation = publicAction(acceptInvitationSchema, async (input, from) => {
  await issueSession(await accept(input, from));
  redirect("/");
});
