import "server-only";
import { and, desc, eq, gt, inArray, not, or, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { testRuns } from "@/db/schema/test-runs";
import type { Admin, Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import type { LoginMethod } from "@/lib/login-methods/schema";
import type { Step } from "@/lib/oidc/schema";
import { interrupted } from "./diagnoses";
import { stateAt, timedOut, toTestRun } from "./present";
import {
  isLive,
  KEPT_PER_METHOD,
  type LastTested,
  stepSchema,
  type TestRun,
  type TestRunSummary,
} from "./schema";

/** The database's clock, so that several instances agree on what has expired. */
const databaseNow = sql`now()`.mapWith(testRuns.createdAt);

const live = () =>
  and(inArray(testRuns.status, ["waiting", "running"]), gt(testRuns.expiresAt, sql`now()`));

const left = sql<boolean>`${testRuns.browserHash} is not null`;

export async function getTestRun(_viewer: Viewer, id: string): Promise<TestRun> {
  const db = await database();
  const [row] = await db
    .select({
      id: testRuns.id,
      loginMethodId: testRuns.loginMethodId,
      loginMethodName: testRuns.name,
      loginMethodKind: testRuns.kind,
      draftId: testRuns.draftId,
      linkId: testRuns.linkId,
      fingerprint: testRuns.fingerprint,
      version: testRuns.loginMethodVersion,
      startedBy: testRuns.startedByName,
      status: testRuns.status,
      left,
      redirectUri: testRuns.redirectUri,
      outcome: testRuns.outcome,
      createdAt: testRuns.createdAt,
      expiresAt: testRuns.expiresAt,
      finishedAt: testRuns.finishedAt,
      now: databaseNow,
    })
    .from(testRuns)
    .where(eq(testRuns.id, id));
  if (!row) {
    throw new AppError("not_found", "This test run does not exist, or is no longer kept.", {
      fix: `Gatehouse keeps the last ${KEPT_PER_METHOD} runs of a login method. Choose Test to make a new one.`,
    });
  }
  return toTestRun(row);
}

/** Only the columns of the list: an outcome can be large, and the history shows fifty. */
const summaryColumns = {
  id: testRuns.id,
  loginMethodId: testRuns.loginMethodId,
  status: testRuns.status,
  left,
  version: testRuns.loginMethodVersion,
  startedBy: testRuns.startedByName,
  redirectUri: testRuns.redirectUri,
  loginMethodKind: testRuns.kind,
  fingerprint: testRuns.fingerprint,
  draftId: testRuns.draftId,
  linkId: testRuns.linkId,
  createdAt: testRuns.createdAt,
  expiresAt: testRuns.expiresAt,
  finishedAt: testRuns.finishedAt,
  now: databaseNow,
  email: sql<string | null>`${testRuns.outcome} #>> '{identity,email,value}'`,
  failedStep: sql<string | null>`${testRuns.outcome} #>> '{diagnosis,step}'`,
  failedTitle: sql<string | null>`${testRuns.outcome} #>> '{diagnosis,title}'`,
};
type SummaryRow = Omit<
  TestRunSummary,
  "state" | "startedAt" | "finishedAt" | "failedStep" | "draft" | "byLink"
> & {
  status: TestRunSummary["state"];
  left: boolean;
  redirectUri: string;
  loginMethodKind: string;
  draftId: string | null;
  linkId: string | null;
  createdAt: Date;
  expiresAt: Date;
  finishedAt: Date | null;
  now: Date;
  failedStep: string | null;
};

function derivedFailure(row: SummaryRow, state: TestRunSummary["state"]) {
  if (state === "timed_out") return timedOut(row);
  return state === "failed" && row.failedTitle === null ? interrupted([]) : null;
}

function toSummary(row: SummaryRow): TestRunSummary {
  const state = stateAt(row, row.now);
  const derived = derivedFailure(row, state);
  const step: Step | null = stepSchema.safeParse(row.failedStep).data ?? derived?.step ?? null;
  const finishedAt = row.finishedAt ?? (isLive(state) ? null : row.expiresAt);
  return {
    id: row.id,
    state,
    startedAt: row.createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    startedBy: row.startedBy,
    version: row.version,
    draft: row.draftId !== null,
    byLink: row.linkId !== null,
    fingerprint: row.fingerprint,
    email: row.email,
    failedStep: step,
    failedTitle: row.failedTitle ?? derived?.title ?? null,
  };
}

/** The kept runs of one login method, newest first. */
export async function listTestRuns(
  _viewer: Viewer,
  loginMethodId: string,
): Promise<TestRunSummary[]> {
  const db = await database();
  const rows = await db
    .select(summaryColumns)
    .from(testRuns)
    .where(eq(testRuns.loginMethodId, loginMethodId))
    .orderBy(desc(testRuns.createdAt))
    .limit(KEPT_PER_METHOD);
  return rows.map(toSummary);
}

/**
 * The newest run that came to an end, by login method id. For `methods`, one that tested exactly
 * what is saved comes before newer ones that tested something else.
 */
export async function latestRuns(
  _viewer: Viewer,
  methods: readonly Pick<LoginMethod, "id" | "fingerprint">[] = [],
): Promise<Record<string, LastTested>> {
  const db = await database();
  const saved = or(
    ...methods.map(({ id, fingerprint }) =>
      and(eq(testRuns.loginMethodId, id), eq(testRuns.fingerprint, fingerprint)),
    ),
  );
  const rows = await db
    .selectDistinctOn([testRuns.loginMethodId], summaryColumns)
    .from(testRuns)
    .where(not(or(eq(testRuns.status, "cancelled"), live()) ?? sql`false`))
    .orderBy(testRuns.loginMethodId, ...(saved ? [desc(saved)] : []), desc(testRuns.createdAt));
  return Object.fromEntries(
    rows.map((row) => {
      const { id, state, finishedAt, startedAt, ...rest } = toSummary(row);
      const { version, fingerprint, draft, failedStep, failedTitle } = rest;
      const status = state as LastTested["status"];
      const at = finishedAt ?? startedAt;
      return [
        row.loginMethodId,
        { runId: id, status, at, version, draft, fingerprint, failedStep, failedTitle },
      ];
    }),
  );
}

/** Ends a live run. Answers false when it had already ended. */
export async function cancelTestRun(_admin: Admin, id: string): Promise<boolean> {
  const db = await database();
  const ended = await db
    .update(testRuns)
    .set({ status: "cancelled", finishedAt: sql`now()`, sealed: "" })
    .where(and(eq(testRuns.id, id), live()))
    .returning({ id: testRuns.id });
  return ended.length > 0;
}
