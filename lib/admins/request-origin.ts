import "server-only";
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { actionFor } from "@/lib/kit/action";
import type { Origin } from "@/lib/kit/actor";
import { clientAddress } from "./client-address";

export const originOf = (from: Headers, door: Origin["door"]): Origin => ({
  ip: clientAddress(from),
  requestId: from.get("x-request-id") ?? randomUUID(),
  door,
});

/** Where the request at hand comes from, for the Admin log and for counting attempts. */
export const requestOrigin = async (door: Origin["door"] = "console"): Promise<Origin> =>
  originOf(await headers(), door);

/** Server actions for people who are not signed in: they get the origin in place of a capability. */
export const publicAction = actionFor(() => requestOrigin("console"));
export const setupAction = actionFor(() => requestOrigin("setup"));
