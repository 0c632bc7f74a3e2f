import "server-only";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { testRuns } from "@/db/schema/test-runs";
import type { Admin } from "@/lib/kit/actor";

/** The issuer that the newest passed test with exactly these settings met, or null. */
export async function provenIssuer(
  _admin: Admin,
  { id, fingerprint }: { id: string; fingerprint: string },
): Promise<string | null> {
  if (!fingerprint) return null;
  const db = await database();
  const [run] = await db
    .select({ issuer: sql<string | null>`${testRuns.outcome} ->> 'issuer'` })
    .from(testRuns)
    .where(
      and(
        eq(testRuns.loginMethodId, id),
        eq(testRuns.fingerprint, fingerprint),
        inArray(testRuns.status, ["passed", "passed_with_warnings"]),
      ),
    )
    .orderBy(desc(testRuns.createdAt))
    .limit(1);
  return run?.issuer ?? null;
}
