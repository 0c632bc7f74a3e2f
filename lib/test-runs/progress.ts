import { log } from "@/lib/kit/log";
import type { TraceStep } from "@/lib/oidc/schema";

export interface Progress {
  /** Takes the newest steps; never waits and never throws. */
  report(steps: TraceStep[]): void;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
}

/**
 * Writes steps one at a time and skips those that a newer report overtook, so that the round trip
 * never waits for the database to tell the watching tab about it.
 */
export function progressTo(save: (steps: TraceStep[]) => Promise<void>): Progress {
  let next: TraceStep[] | null = null;
  let writing: Promise<void> | null = null;

  const drain = async (): Promise<void> => {
    while (next) {
      const steps = next;
      next = null;
      await save(steps).catch((err: unknown) => log.warn({ err }, "test progress was not saved"));
    }
    writing = null;
  };
  return {
    report(steps) {
      next = [...steps];
      writing ??= drain();
    },
    settled: async () => writing ?? undefined,
  };
}
