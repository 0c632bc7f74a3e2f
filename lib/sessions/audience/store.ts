import "server-only";
import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { applications } from "@/db/schema/applications";
import type { DataPlane } from "@/lib/kit/data-plane";

/** Hosts and paths of every enabled application: where a browser may be sent. */
export async function allDestinations(_dataPlane: DataPlane): Promise<string[]> {
  const db = await database();
  const rows = await db
    .select({ destinations: applications.destinations })
    .from(applications)
    .where(eq(applications.enabled, true));
  return rows.flatMap(({ destinations }) => destinations);
}
