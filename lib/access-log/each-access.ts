import type { Viewer } from "@/lib/kit/actor";
import { eachPage } from "@/lib/log-export/each-page";
import type { AccessEntry, AccessQuery } from "./schema";
import { listAccess } from "./store";

/** Everything that a query finds, newest first, some at a time and at most 100,000 entries. */
export const eachAccess = (
  viewer: Viewer,
  query: AccessQuery,
  size = 500,
): AsyncGenerator<AccessEntry[]> =>
  eachPage(size, (before) => listAccess(viewer, { ...query, before }, size));
