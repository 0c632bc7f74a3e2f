import "server-only";
import type { Snapshot } from "./snapshot";

/** What one process knows of the configuration, and whether it still may rely on it. */
export interface GateState {
  /** Null until it was read for the first time. */
  snapshot(): Snapshot | null;
  /** Waits for the first snapshot, for at most a few seconds; never throws. */
  ready(): Promise<void>;
  /** Whether the database was heard of within so many milliseconds. */
  freshFor(ms: number): boolean;
}
