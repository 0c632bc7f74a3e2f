import * as z from "zod";
import { rowId, textUpTo } from "@/lib/kit/address-query";
import { logRange } from "@/lib/kit/log-range";
import type { Effect } from "../schema";

/** What Gatehouse was asked, and what came of it. The client says who asked. */
export interface NewScimLogEntry {
  method: string;
  /** From the base URL on: `/Users/<id>`. */
  path: string;
  query?: string | null;
  status: number;
  /** Which operation of a Bulk request, from 0. */
  bulkIndex?: number | null;
  scimType?: string | null;
  /** `detail` of the error, as the client got it. */
  error?: string | null;
  resourceType?: "USER" | "GROUP" | null;
  resourceId?: string | null;
  externalId?: string | null;
  userEmail?: string | null;
  groupName?: string | null;
  intent?: string | null;
  effects?: readonly Effect[];
  /** Bodies as parsed JSON, or as the text that was not JSON. */
  request?: unknown;
  response?: unknown;
  /** Dialect that was recognised: okta, entra … */
  client?: string | null;
  durationMs?: number | null;
}

export interface ScimLogEntry {
  id: number;
  /** ISO 8601, UTC. */
  at: string;
  loginMethod: { id: string; name: string };
  requestId: string;
  bulkIndex: number | null;
  method: string;
  path: string;
  query: string | null;
  status: number;
  scimType: string | null;
  error: string | null;
  resourceType: "USER" | "GROUP" | null;
  resourceId: string | null;
  externalId: string | null;
  userEmail: string | null;
  groupName: string | null;
  intent: string | null;
  effects: Effect[];
  request: string | null;
  response: string | null;
  ip: string | null;
  userAgent: string | null;
  client: string | null;
  durationMs: number | null;
}

export const SCIM_METHODS = ["POST", "PUT", "PATCH", "DELETE", "GET"] as const;

const text = textUpTo(200);

/** What the log can be asked, as it stands in the URL. Anything odd means "no filter". */
export const scimLogQuerySchema = z.object({
  /** Email, group, id at the provider, address, or what happened. */
  q: text,
  /** Id of a login method. */
  idp: text,
  method: z
    .enum(["", ...SCIM_METHODS])
    .default("")
    .catch(""),
  type: z.enum(["", "USER", "GROUP"]).default("").catch(""),
  /** Cloudflare's words. */
  status: z.enum(["", "SUCCESS", "FAILURE"]).default("").catch(""),
  /** Id of a resource. */
  resource: text,
  range: logRange,
  /** Only entries older than this id: the cursor of the next page. */
  before: rowId,
});
export type ScimLogQuery = z.output<typeof scimLogQuerySchema>;

export interface ScimLogPage {
  entries: ScimLogEntry[];
  next: number | null;
}
