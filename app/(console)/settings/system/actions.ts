"use server";
import { refresh } from "next/cache";
import { ownerAction } from "@/lib/admins/admin-action";
import { outboundAllowSchema } from "@/lib/team/outbound";
import { setOutboundAllow } from "@/lib/team/store";

export const saveOutboundAllow = ownerAction(outboundAllowSchema, async ({ entries }, owner) => {
  await setOutboundAllow(owner, entries);
  refresh();
});
