import "server-only";
import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { recordChange } from "@/lib/audit/store";
import type { Admin } from "@/lib/kit/actor";
import { lockedRow, target } from "../rows/store";

/** Opens or closes an application for everybody, from the next request on. */
export async function setApplicationEnabled(
  admin: Admin,
  { id, enabled }: { id: string; enabled: boolean },
): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const row = await lockedRow(tx, id);
    if (row.enabled === enabled) return;
    await tx.update(applications).set({ enabled }).where(eq(applications.id, id));
    await recordChange(tx, admin, {
      action: enabled ? "application.enable" : "application.disable",
      target: target(id, row.name),
      changes: [{ path: "enabled", before: row.enabled, after: enabled }],
    });
  });
}

/** Every token for this application is over from the next request on; sessions go on. */
export async function revokeApplicationTokens(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const row = await lockedRow(tx, id);
    const tokenEpoch = row.tokenEpoch + 1;
    await tx.update(applications).set({ tokenEpoch }).where(eq(applications.id, id));
    await recordChange(tx, admin, {
      action: "application.revoke_tokens",
      target: target(id, row.name),
      changes: [{ path: "token_epoch", before: row.tokenEpoch, after: tokenEpoch }],
    });
  });
}
