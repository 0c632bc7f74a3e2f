import "server-only";
import { findConnector } from "@/lib/connectors";
import type { Viewer } from "@/lib/kit/actor";
import type { TestRun } from "../schema";
import { getTestRun, listTestRuns } from "../store";
import { claimsChanges, claimsOf } from "./claims-changes";
import type { Comparison, HistoryEntry } from "./schema";
import { settingChanges } from "./settings-changes";
import { runBefore, testedSettings } from "./store";

const fieldsOf = (kind: string) => findConnector(kind)?.fields ?? [];

/** A run against the newest one before it that came to an end; null for the first. */
export async function compareWithPrevious(
  viewer: Viewer,
  run: TestRun,
): Promise<Comparison | null> {
  const previousId = await runBefore(viewer, run.id);
  if (previousId === null) return null;
  const [previous, tested] = await Promise.all([
    getTestRun(viewer, previousId),
    testedSettings(viewer, run.loginMethod.id),
  ]);
  const [before, after] = [tested.get(previousId), tested.get(run.id)];
  const [had, has] = [claimsOf(previous), claimsOf(run)];
  const email = "identity" in previous ? (previous.identity?.email?.value ?? null) : null;
  return {
    previous: { id: previousId, state: previous.state, startedAt: previous.startedAt, email },
    settings: before && after ? settingChanges(fieldsOf(after.kind), before, after) : [],
    claims: had && has ? claimsChanges(had, has) : null,
  };
}

/** The kept runs of a login method, newest first, each with what changed before it. */
export async function history(viewer: Viewer, loginMethodId: string): Promise<HistoryEntry[]> {
  const [runs, tested] = await Promise.all([
    listTestRuns(viewer, loginMethodId),
    testedSettings(viewer, loginMethodId),
  ]);
  return runs.map((run, index) => {
    const older = runs[index + 1];
    const [before, after] = [older && tested.get(older.id), tested.get(run.id)];
    return {
      ...run,
      changes: before && after ? settingChanges(fieldsOf(after.kind), before, after) : null,
    };
  });
}
