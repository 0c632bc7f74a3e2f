import type { Viewer } from "@/lib/kit/actor";
import type { AccessEntry, AccessQuery } from "./schema";
import { listAccess } from "./store";

const MOST_EXPORTED = 100_000;

/** Everything that a query finds, newest first, some at a time and at most 100,000 entries. */
export async function* eachAccess(
  viewer: Viewer,
  query: AccessQuery,
  size = 500,
): AsyncGenerator<AccessEntry[]> {
  let before: number | undefined;
  for (let left = MOST_EXPORTED; left > 0; left -= size) {
    const page = await listAccess(viewer, { ...query, before }, size);
    yield page.entries;
    if (page.next === null) return;
    before = page.next;
  }
}
