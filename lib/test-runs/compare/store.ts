import "server-only";
import { and, desc, eq, lt, ne, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { testRuns } from "@/db/schema/test-runs";
import type { Config } from "@/lib/connectors/definition";
import type { Viewer } from "@/lib/kit/actor";
import { KEPT_PER_METHOD } from "../schema";
import type { TestedSettings } from "./settings-changes";

interface Tested extends TestedSettings {
  kind: string;
}

const columns = {
  id: testRuns.id,
  kind: testRuns.kind,
  settings: testRuns.settings,
  fingerprint: testRuns.fingerprint,
};

/** What each kept run of a login method tested, by run id, newest first. */
export async function testedSettings(
  _viewer: Viewer,
  loginMethodId: string,
): Promise<Map<string, Tested>> {
  const db = await database();
  const rows = await db
    .select(columns)
    .from(testRuns)
    .where(eq(testRuns.loginMethodId, loginMethodId))
    .orderBy(desc(testRuns.createdAt))
    .limit(KEPT_PER_METHOD);
  return new Map(rows.map(({ id, ...tested }) => [id, tested]));
}

/** Settings of one run, without secrets; empty when it is no longer kept. */
export async function settingsOfRun(_viewer: Viewer, runId: string): Promise<Config> {
  const db = await database();
  const [row] = await db
    .select({ settings: testRuns.settings })
    .from(testRuns)
    .where(eq(testRuns.id, runId));
  return row?.settings ?? {};
}

/** The newest run before this one that came to an end, by its id. */
export async function runBefore(_viewer: Viewer, runId: string): Promise<string | null> {
  const db = await database();
  const [run] = await db
    .select({ loginMethodId: testRuns.loginMethodId, createdAt: testRuns.createdAt })
    .from(testRuns)
    .where(eq(testRuns.id, runId));
  if (!run) return null;
  const [before] = await db
    .select({ id: testRuns.id })
    .from(testRuns)
    .where(
      and(
        eq(testRuns.loginMethodId, run.loginMethodId),
        lt(testRuns.createdAt, run.createdAt),
        ne(testRuns.status, "cancelled"),
        sql`(${testRuns.finishedAt} is not null or ${testRuns.expiresAt} <= now())`,
      ),
    )
    .orderBy(desc(testRuns.createdAt))
    .limit(1);
  return before?.id ?? null;
}

/** The newest run that brought claims, by its id; whether it passed or not. */
export async function lastRunWithClaims(
  _viewer: Viewer,
  loginMethodId: string,
): Promise<string | null> {
  const db = await database();
  const [run] = await db
    .select({ id: testRuns.id })
    .from(testRuns)
    .where(
      and(
        eq(testRuns.loginMethodId, loginMethodId),
        sql`json_typeof(${testRuns.outcome} -> 'claims') = 'object'`,
      ),
    )
    .orderBy(desc(testRuns.createdAt))
    .limit(1);
  return run?.id ?? null;
}
