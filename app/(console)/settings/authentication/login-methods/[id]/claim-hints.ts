import "server-only";
import type { ClaimHints } from "@/components/login-methods/parts";
import { relativeTime } from "@/components/ui/relative-time";
import type { Viewer } from "@/lib/kit/actor";
import { lastRunWithClaims } from "@/lib/test-runs/compare/store";
import type { TestRun } from "@/lib/test-runs/schema";
import { seenIn } from "@/lib/test-runs/seen-claims/seen";
import { listSeenClaims, type RememberedClaim } from "@/lib/test-runs/seen-claims/store";
import { getTestRun } from "@/lib/test-runs/store";

const SHOWN = 3;

/** A taste of a value that tells its kind and gives nobody away: `string · "Eng…"`. */
function taste(type: string, value: string | undefined): string {
  if (value === undefined) return type;
  const start = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return `${type} · "${start}"`;
}

type Suggestions = ClaimHints["suggestions"];

const suggestedBy = (run: TestRun): Suggestions =>
  "identity" in run
    ? (run.identity?.unsaved ?? []).map(({ name, type, values }) => ({
        value: name,
        detail: taste(type, values[0]?.value),
      }))
    : [];

const suggestedFromMemory = (remembered: readonly RememberedClaim[]): Suggestions =>
  remembered.map(({ name, type, lastSeenAt }) => ({
    value: name,
    detail: `${type} · seen ${relativeTime(Date.parse(lastSeenAt), Date.now())}`,
  }));

/** Of the last passed test: all of one test are remembered under one time. */
const ofLastPass = (remembered: readonly RememberedClaim[]): RememberedClaim[] =>
  remembered.filter(({ lastSeenAt }) => lastSeenAt === remembered[0]?.lastSeenAt);

/**
 * What the last test that brought claims says about them, then what earlier ones brought. A test
 * that failed before it came to the claims tells nothing of them, and takes nothing back.
 */
export async function claimHints(viewer: Viewer, loginMethodId: string): Promise<ClaimHints> {
  const [runId, remembered] = await Promise.all([
    lastRunWithClaims(viewer, loginMethodId),
    listSeenClaims(viewer, loginMethodId),
  ]);
  const run = runId === null ? null : await getTestRun(viewer, runId);
  const came = run && "claims" in run && run.claims ? seenIn(run) : ofLastPass(remembered);
  const suggested = run ? suggestedBy(run) : [];
  const known = new Set(suggested.map(({ value }) => value));
  return {
    seen: came.length > 0 ? came.map(({ name }) => name) : null,
    suggestions: [
      ...suggested,
      ...suggestedFromMemory(remembered.filter(({ name }) => !known.has(name))),
    ],
  };
}
