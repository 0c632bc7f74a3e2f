import type { Remedy } from "../schema";

/** `unknown`: the provider does not reveal it. `skipped`: there was nothing to ask. */
export type CheckStatus = "ok" | "warning" | "failed" | "unknown" | "skipped";

/** One thing that was looked at before anybody signs in. */
export interface Check {
  /** Stable, and unique within a report. */
  id: string;
  status: CheckStatus;
  title: string;
  /** What Gatehouse did to find out, as a sentence. */
  did: string;
  found: string;
  /** Config key of the field to look at. */
  field: string | null;
  remedies: Remedy[];
}

export interface CheckReport {
  status: "ok" | "warning" | "failed";
  /** One sentence over the list. */
  summary: string;
  checks: Check[];
}

export type Published = string | boolean | readonly string[];

/** One setting that is not as the provider publishes it. */
export interface Difference {
  /** Config key. */
  name: string;
  label: string;
  /** Null where nothing is set. */
  current: Published | null;
  /** As the document has it, in the words of our settings. */
  published: Published;
  /** What to set instead; null where the document leaves that open. */
  adopt: Published | null;
  /** Tokens would be trusted from elsewhere. */
  severe: boolean;
}

/** Seconds that a whole check may take. */
export const CHECK_SECONDS = 25;
