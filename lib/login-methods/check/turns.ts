import { AppError } from "@/lib/kit/errors";
import { processState } from "@/lib/kit/process-state";

const WINDOW_MS = 60_000;
const MOST_KEYS = 1000;

type Turns = Map<string, number[]>;
const turns = (): Turns => processState("check turns", () => new Map<string, number[]>());

function recent(all: Turns, key: string, now: number): number[] {
  return (all.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
}

/** Something that is checked, or somebody who checks, and how often within a minute. */
export type Limit = readonly [key: string, most: number];

/**
 * Counts one check against every limit, in this process. AppError `rate_limited` where one is
 * reached; then nothing is counted.
 */
export function takeTurn(limits: readonly Limit[], now = Date.now()): void {
  const all = turns();
  const before = limits.map(([key, most]) => ({ key, most, times: recent(all, key, now) }));
  const full = before.find(({ most, times }) => times.length >= most);
  if (full) {
    const wait = Math.ceil(((full.times[0] ?? now) + WINDOW_MS - now) / 1000);
    throw new AppError("rate_limited", "Too many checks within a minute.", {
      fix: `Wait ${wait} s: each check sends wrong credentials on purpose, and a provider may lock an app that sends many.`,
    });
  }
  for (const { key, times } of before) all.set(key, [...times, now]);
  if (all.size <= MOST_KEYS) return;
  for (const key of all.keys()) if (recent(all, key, now).length === 0) all.delete(key);
}
