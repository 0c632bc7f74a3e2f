import type { Viewer } from "@/lib/kit/actor";
import { eachScimLog } from "@/lib/scim/log/each-scim-log";
import { scimLogExport } from "@/lib/scim/log/export";
import { scimLogQuerySchema } from "@/lib/scim/log/schema";

export const scimLog = {
  name: "scim-log",
  table: scimLogExport,
  read: (viewer: Viewer, query: Record<string, string>) =>
    eachScimLog(viewer, scimLogQuerySchema.parse(query)),
};
