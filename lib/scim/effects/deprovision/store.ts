import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { users } from "@/db/schema/users";
import type { ScimClient } from "@/lib/kit/actor";
import { endSessionsOfAll, lockUsers } from "@/lib/sessions/revoking/store";
import type { Effect, ScimUser } from "../../schema";
import { everyoneMeantByAny } from "../linking/store";

interface Seats {
  taken: string[];
  freed: boolean;
}

async function freeSeats(tx: Queryable, client: ScimClient, ids: string[]): Promise<Seats> {
  const seated = and(inArray(users.id, ids), eq(users.seat, true));
  if (client.settings.seat_deprovision) {
    const rows = await tx
      .update(users)
      .set({ seat: false, updatedAt: sql`clock_timestamp()` })
      .where(seated)
      .returning({ id: users.id });
    return { taken: rows.map(({ id }) => id), freed: true };
  }
  const rows = await tx.select({ id: users.id }).from(users).where(seated);
  return { taken: rows.map(({ id }) => id), freed: false };
}

/**
 * Takes away what somebody has whom the provider deactivated (`kept_out` then) or deleted: their
 * sessions, and their seat where the login method says so. Nothing without Enable user deprovisioning.
 * `resources` is who is meant: a resource that was renamed means people as it was and as it is.
 */
export async function deprovision(
  tx: Queryable,
  client: ScimClient,
  resources: ScimUser[],
  whose: { userId: string | null; email: string | null },
): Promise<Effect[]> {
  if (!client.settings.user_deprovision) return [];
  const meant = everyoneMeantByAny(resources);
  await lockUsers(tx, meant);
  const found = await tx.select({ id: users.id }).from(users).where(sql`${users.id} in ${meant}`);
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return [];
  const ended = await endSessionsOfAll(tx, ids, "deprovisioned");
  const seats = await freeSeats(tx, client, ids);
  const effects: Effect[] = [];
  if (ended.sessions > 0) {
    const { sessions: count, applications } = ended;
    effects.push({ kind: "sessions_ended", ...whose, count, applications });
  }
  if (seats.taken.length > 0) {
    const kind = seats.freed ? "seat_freed" : "seat_kept";
    effects.push({ kind, ...whose, count: seats.taken.length });
  }
  return effects;
}
