import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import type * as z from "zod";
import { database, type Queryable } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { testRuns } from "@/db/schema/test-runs";
import type { Admin } from "@/lib/kit/actor";
import { unproven } from "../refusals";
import { type Row, toDto } from "../row";
import { record, rowOf } from "../rows/store";
import type { enableSchema, LoginMethod } from "../schema";

/** Whether a test passed with other settings than these; throws unless one passed with these. */
async function refuseUnproven(tx: Queryable, row: Row): Promise<void> {
  const passed = await tx
    .selectDistinct({ fingerprint: testRuns.fingerprint })
    .from(testRuns)
    .where(
      and(
        eq(testRuns.loginMethodId, row.id),
        inArray(testRuns.status, ["passed", "passed_with_warnings"]),
      ),
    );
  const { fingerprint } = toDto(row);
  if (passed.some((run) => run.fingerprint === fingerprint && fingerprint !== "")) return;
  throw unproven(row.name, passed.length > 0);
}

/**
 * Lets people choose a login method, or not. AppError `conflict` for one that never passed a test
 * with its present settings, unless `untested` accepts that it may turn people away.
 */
export async function setLoginMethodEnabled(
  admin: Admin,
  { id, enabled, untested }: z.output<typeof enableSchema>,
): Promise<LoginMethod> {
  const db = await database();
  return db.transaction(async (tx) => {
    const row = await rowOf(tx, id, true);
    if (row.enabled === enabled) return toDto(row);
    if (enabled && untested !== "accept") await refuseUnproven(tx, row);
    const next = { ...row, enabled };
    await tx.update(loginMethods).set({ enabled }).where(eq(loginMethods.id, id));
    await record(tx, admin, enabled ? "enable" : "disable", [row, next]);
    return toDto(next);
  });
}
