import type { Viewer } from "@/lib/kit/actor";
import { eachPage } from "@/lib/log-export/each-page";
import type { ScimLogEntry, ScimLogQuery } from "./schema";
import { listScimLog } from "./store";

/**
 * Everything that a query finds, newest first, at most 100,000 entries. Few at a time: each may have
 * two bodies of 64 KB.
 */
export const eachScimLog = (
  viewer: Viewer,
  query: ScimLogQuery,
  size = 50,
): AsyncGenerator<ScimLogEntry[]> =>
  eachPage(size, (before) => listScimLog(viewer, { ...query, before }, size));
