import { AppError } from "@/lib/kit/errors";
import { processState } from "@/lib/kit/process-state";

const WINDOW_MS = 60_000;
const MOST_IN_WINDOW = 6;
const MOST_KEYS = 1000;

type Turns = Map<string, number[]>;
const turns = (): Turns => processState("check turns", () => new Map<string, number[]>());

function recent(all: Turns, key: string, now: number): number[] {
  return (all.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
}

/**
 * Counts one check for every key, such as an admin and a client at its provider: six in a minute
 * each, in this process. AppError `rate_limited` beyond that; then nothing is counted.
 */
export function takeTurn(keys: readonly string[], now = Date.now()): void {
  const all = turns();
  const before = keys.map((key) => [key, recent(all, key, now)] as const);
  const full = before.find(([, times]) => times.length >= MOST_IN_WINDOW);
  if (full) {
    const wait = Math.ceil(((full[1][0] ?? now) + WINDOW_MS - now) / 1000);
    throw new AppError("rate_limited", "Too many checks within a minute.", {
      fix: `Wait ${wait} s: each check sends wrong credentials on purpose, and a provider may lock an app that sends many.`,
    });
  }
  for (const [key, times] of before) all.set(key, [...times, now]);
  if (all.size <= MOST_KEYS) return;
  for (const key of all.keys()) if (recent(all, key, now).length === 0) all.delete(key);
}
