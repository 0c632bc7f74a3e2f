/**
 * Proof that a test run was claimed by its one-time ticket or by its state; made only by
 * `lib/test-runs/store.ts`. It opens the run's own login method and nothing else.
 */
declare const run: unique symbol;

export interface RunCapability {
  readonly runId: string;
  readonly loginMethodId: string;
  /** The draft that stands in for the saved settings, if one is tested. */
  readonly draftId: string | null;
  readonly [run]: true;
}
