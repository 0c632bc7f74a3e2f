import type { TestRunState, TestRunSummary } from "../schema";
import type { ClaimsChanges } from "./claims-changes";
import type { SettingChange } from "./settings-changes";

/** A run against the one before it. */
export interface Comparison {
  previous: { id: string; state: TestRunState; startedAt: string; email: string | null };
  settings: SettingChange[];
  /** Null when one of the two brought no claims. */
  claims: ClaimsChanges | null;
}

export interface HistoryEntry extends TestRunSummary {
  /** What changed in the settings since the run before; null for the oldest that is kept. */
  changes: SettingChange[] | null;
}
