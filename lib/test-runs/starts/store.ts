import "server-only";
import { and, count, desc, eq, gt, inArray, lt, or, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { testRuns } from "@/db/schema/test-runs";
import type { Admin } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { KEPT_PER_METHOD } from "../schema";

/** Fewer than are kept of a login method, or none would be counted. */
const STARTS_PER_MINUTE = 40;

/** Runs of forms that were never saved. */
const abandoned = and(
  lt(testRuns.createdAt, sql`now() - interval '7 days'`),
  sql`not exists (select from ${loginMethods} where ${loginMethods.id} = ${testRuns.loginMethodId})`,
);

export interface NewTestRun {
  id: string;
  loginMethodId: string;
  version: number;
  draftId: string | null;
  linkId: string | null;
  kind: string;
  name: string;
  settings: Record<string, unknown>;
  fingerprint: string;
  ticketHash: string;
  stateHash: string;
  sealed: string;
  redirectUri: string;
}

/**
 * Adds a run in `waiting` whose ticket is good for two minutes. Answers false when the id is taken.
 * Throws `rate_limited` over the quota, `not_found` when the login method went away.
 */
export async function addTestRun(admin: Admin, run: NewTestRun): Promise<boolean> {
  const db = await database();
  return db.transaction(async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`test-run:${admin.id}`}, 0))`,
    );
    const [recent] = await tx
      .select({ starts: count() })
      .from(testRuns)
      .where(
        and(
          eq(testRuns.startedBy, admin.id),
          gt(testRuns.createdAt, sql`now() - interval '1 minute'`),
        ),
      );
    if ((recent?.starts ?? 0) >= STARTS_PER_MINUTE) {
      throw new AppError(
        "rate_limited",
        `You started ${STARTS_PER_MINUTE} tests within a minute, which is as many as Gatehouse runs.`,
        { fix: "Wait a minute, then choose Test again." },
      );
    }
    if (run.draftId === null) {
      const [method] = await tx
        .select({ id: loginMethods.id })
        .from(loginMethods)
        .where(eq(loginMethods.id, run.loginMethodId))
        .for("key share");
      if (!method) throw new AppError("not_found", "That login method no longer exists.");
    }
    const { version, ...values } = run;
    const added = await tx
      .insert(testRuns)
      .values({
        ...values,
        loginMethodVersion: version,
        startedBy: admin.id,
        startedByName: admin.name,
        status: "waiting",
        expiresAt: sql`now() + interval '2 minutes'`,
      })
      .onConflictDoNothing()
      .returning({ id: testRuns.id });
    const old = tx
      .select({ id: testRuns.id })
      .from(testRuns)
      .where(eq(testRuns.loginMethodId, run.loginMethodId))
      .orderBy(desc(testRuns.createdAt))
      .offset(KEPT_PER_METHOD);
    await tx.delete(testRuns).where(or(inArray(testRuns.id, old), abandoned));
    return added.length > 0;
  });
}
