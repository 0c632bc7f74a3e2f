import * as z from "zod";
import { findConnector } from "@/lib/connectors";
import {
  claimSetsSchema,
  type Diagnosis,
  diagnosisSchema,
  identitySchema,
  traceStepSchema,
} from "@/lib/oidc/schema";
import { interrupted, neverLeft, noCallback } from "./diagnoses";
import type { TestRun, TestRunState } from "./schema";

/** What the `outcome` column holds: steps so far while a run is live, everything afterwards. */
const storedOutcome = z.object({
  steps: z.array(traceStepSchema).default([]),
  diagnosis: diagnosisSchema.nullable().default(null),
  warnings: z.array(diagnosisSchema).default([]),
  identity: identitySchema.nullable().default(null),
  claims: claimSetsSchema.nullable().default(null),
});

export const readOutcome = (stored: unknown): z.infer<typeof storedOutcome> =>
  storedOutcome.parse(stored ?? {});

export interface TestRunRow {
  id: string;
  loginMethodId: string;
  loginMethodName: string;
  loginMethodKind: string;
  version: number;
  draftId: string | null;
  linkId: string | null;
  fingerprint: string;
  startedBy: string;
  status: TestRunState;
  left: boolean;
  redirectUri: string;
  outcome: Record<string, unknown> | null;
  createdAt: Date;
  expiresAt: Date;
  finishedAt: Date | null;
  now: Date;
}

/**
 * The state that holds at `now`. Nothing has to be running for a run to end: one that nobody came
 * back to has timed out, and one whose process died in the middle has failed.
 */
export function stateAt(run: { status: TestRunState; expiresAt: Date }, now: Date): TestRunState {
  if (run.expiresAt > now) return run.status;
  if (run.status === "waiting") return "timed_out";
  return run.status === "running" ? "failed" : run.status;
}

/** Why nobody came back, for a run that has timed out. */
export const timedOut = (
  row: Pick<TestRunRow, "left" | "redirectUri" | "loginMethodKind">,
): Diagnosis =>
  row.left
    ? noCallback(row.redirectUri, findConnector(row.loginMethodKind)?.advice ?? {})
    : neverLeft();

/** A row as the wire and the pages see it. */
export function toTestRun(row: TestRunRow): TestRun {
  const state = stateAt(row, row.now);
  const { steps, diagnosis, warnings, identity, claims } = readOutcome(row.outcome);
  const every = {
    id: row.id,
    loginMethod: { id: row.loginMethodId, name: row.loginMethodName, kind: row.loginMethodKind },
    version: row.version,
    draftId: row.draftId,
    fingerprint: row.fingerprint,
    byLink: row.linkId !== null,
    startedBy: row.startedBy,
    startedAt: row.createdAt.toISOString(),
    now: row.now.toISOString(),
    redirectUri: row.redirectUri,
    steps,
  };
  const expiresAt = row.expiresAt.toISOString();
  const finishedAt = (row.finishedAt ?? row.expiresAt).toISOString();
  switch (state) {
    case "waiting":
      return { ...every, state, expiresAt, left: row.left };
    case "running":
      return { ...every, state, expiresAt };
    case "passed":
    case "passed_with_warnings":
      return { ...every, state, finishedAt, warnings, identity, claims };
    case "failed":
      return {
        ...every,
        state,
        finishedAt,
        diagnosis: diagnosis ?? interrupted(steps),
        warnings,
        identity,
        claims,
      };
    case "timed_out":
      return {
        ...every,
        state,
        finishedAt,
        diagnosis: timedOut(row),
      };
    case "cancelled":
      return { ...every, state, finishedAt };
  }
}
