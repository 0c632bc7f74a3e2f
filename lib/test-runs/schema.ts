import * as z from "zod";
import {
  claimSetsSchema,
  diagnosisSchema,
  identitySchema,
  STEPS,
  type Step,
  traceStepSchema,
} from "@/lib/oidc/schema";

export const TEST_RUN_STATES = [
  "waiting",
  "running",
  "passed",
  "passed_with_warnings",
  "failed",
  "timed_out",
  "cancelled",
] as const;
export type TestRunState = (typeof TEST_RUN_STATES)[number];

/** Runs that are kept of one login method, the newest ones. */
export const KEPT_PER_METHOD = 50;

/** Minutes that a person has to sign in at the provider. */
export const SIGN_IN_MINUTES = 10;

const every = z.object({
  id: z.uuid(),
  loginMethod: z.object({ id: z.uuid(), name: z.string(), kind: z.string() }),
  /** Saved version that was tested, or that the draft began from; 0 for one never saved. */
  version: z.number(),
  /** The unsaved settings that were tested, or null for the saved ones. */
  draftId: z.string().nullable(),
  /** Equal to that of a login method with exactly these settings and secrets. */
  fingerprint: z.string(),
  /** Whether somebody else ran it, by a shared link. */
  byLink: z.boolean(),
  startedBy: z.string(),
  startedAt: z.iso.datetime(),
  /** The server's clock when this was written: a browser's may be wrong. */
  now: z.iso.datetime(),
  /** Sent to the provider, byte for byte. */
  redirectUri: z.string(),
  steps: z.array(traceStepSchema),
});
const over = every.extend({ finishedAt: z.iso.datetime() });

/** A test run on the wire and in the pages. */
export const testRunSchema = z.discriminatedUnion("state", [
  every.extend({
    state: z.literal("waiting"),
    expiresAt: z.iso.datetime(),
    /** Whether the browser was sent to the provider. */
    left: z.boolean(),
  }),
  every.extend({ state: z.literal("running"), expiresAt: z.iso.datetime() }),
  over.extend({
    state: z.literal(["passed", "passed_with_warnings"]),
    warnings: z.array(diagnosisSchema),
    identity: identitySchema.nullable(),
    claims: claimSetsSchema.nullable(),
  }),
  over.extend({
    state: z.literal("failed"),
    diagnosis: diagnosisSchema,
    warnings: z.array(diagnosisSchema),
    identity: identitySchema.nullable(),
    claims: claimSetsSchema.nullable(),
  }),
  over.extend({ state: z.literal("timed_out"), diagnosis: diagnosisSchema }),
  over.extend({ state: z.literal("cancelled") }),
]);
export type TestRun = z.infer<typeof testRunSchema>;

/** Whether the run may still change by itself. */
export const isLive = (state: TestRunState): boolean => state === "waiting" || state === "running";

export const hasPassed = (state: TestRunState): boolean =>
  state === "passed" || state === "passed_with_warnings";

/** One row of the history. */
export interface TestRunSummary {
  id: string;
  state: TestRunState;
  startedAt: string;
  finishedAt: string | null;
  startedBy: string;
  version: number;
  /** Whether unsaved settings were tested. */
  draft: boolean;
  byLink: boolean;
  fingerprint: string;
  /** Email that came back. */
  email: string | null;
  failedStep: Step | null;
  failedTitle: string | null;
}

/** The newest finished run of a login method, or of what is saved. */
export interface LastTested {
  runId: string;
  status: Exclude<TestRunState, "waiting" | "running" | "cancelled">;
  at: string;
  version: number;
  /** Whether unsaved settings were tested. */
  draft: boolean;
  fingerprint: string;
  failedStep: Step | null;
  failedTitle: string | null;
}

export const stepSchema = z.enum(STEPS);
