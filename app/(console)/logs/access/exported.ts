import { eachAccess } from "@/lib/access-log/each-access";
import { accessExport } from "@/lib/access-log/export";
import { accessQuerySchema } from "@/lib/access-log/schema";
import type { Viewer } from "@/lib/kit/actor";

export const accessLog = {
  name: "access-log",
  table: accessExport,
  read: (viewer: Viewer, query: Record<string, string>) =>
    eachAccess(viewer, accessQuerySchema.parse(query)),
};
