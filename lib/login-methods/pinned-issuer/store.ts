import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { recordChange } from "@/lib/audit/store";
import type { RunCapability } from "@/lib/kit/run-capability";
import { gone } from "../refusals";

/** Keeps the issuer that a passed test proved, unless the settings have changed since it began. */
export async function pinIssuer(
  run: RunCapability,
  id: string,
  version: number,
  issuer: string,
): Promise<void> {
  if (run.loginMethodId !== id) throw gone();
  const db = await database();
  await db.transaction(async (tx) => {
    const [row] = await tx
      .update(loginMethods)
      .set({ pinnedIssuer: issuer })
      .where(
        and(
          eq(loginMethods.id, id),
          eq(loginMethods.version, version),
          isNull(loginMethods.pinnedIssuer),
        ),
      )
      .returning({ name: loginMethods.name });
    if (!row) return;
    const from = { ip: null, requestId: run.runId, door: "data_plane" } as const;
    await recordChange(
      tx,
      { id: null, name: "Test run", from },
      {
        action: "login_method.pin_issuer",
        target: { type: "login_method", id, name: row.name },
        changes: [{ path: "pinned_issuer", before: null, after: issuer }],
      },
    );
  });
}
