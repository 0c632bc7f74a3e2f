import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { type ChangeActor, recordChange } from "@/lib/audit/store";
import type { Admin } from "@/lib/kit/actor";
import type { RunCapability } from "@/lib/kit/run-capability";
import type { Connection } from "@/lib/oidc/schema";
import { gone } from "../refusals";
import { openRow } from "../row";
import { rowOf } from "../rows/store";

/** Whether a passed test has an issuer to teach: none was entered, worked out or pinned before. */
export const learnsIssuer = ({ issuer, issuerTemplate }: Connection): boolean =>
  issuer === null && !issuerTemplate;

async function pin(by: ChangeActor, id: string, version: number, issuer: string): Promise<void> {
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
    await recordChange(tx, by, {
      action: "login_method.pin_issuer",
      target: { type: "login_method", id, name: row.name },
      changes: [{ path: "pinned_issuer", before: null, after: issuer }],
    });
  });
}

/** Keeps the issuer that a passed test proved, unless the settings have changed since it began. */
export async function pinIssuer(
  run: RunCapability,
  id: string,
  version: number,
  issuer: string,
): Promise<void> {
  if (run.loginMethodId !== id) throw gone();
  const from = { ip: null, requestId: run.runId, door: "data_plane" } as const;
  await pin({ id: null, name: "Test run", from }, id, version, issuer);
}

/** The same for settings that were tested first and saved afterwards. */
export async function pinTestedIssuer(
  admin: Admin,
  id: string,
  version: number,
  issuer: string,
): Promise<void> {
  const row = await rowOf(await database(), id);
  if (learnsIssuer(openRow(row).connection)) await pin(admin, id, version, issuer);
}
