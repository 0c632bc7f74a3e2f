import { isAppError } from "@/lib/kit/errors";
import { processState } from "@/lib/kit/process-state";
import type { DiscoveryReport } from "@/lib/oidc/discovery-schema";

/** What was read at a discovery address, or why nothing was. */
export interface Reading {
  report: DiscoveryReport | null;
  problem: string | null;
  at: number;
}

const LIFE_MS = 3 * 60_000;
/** However often somebody asks for a fresh one. */
const LEAST_LIFE_MS = 5_000;
const MOST = 100;

interface Kept {
  reading: Promise<Reading>;
  /** Null while it is under way. */
  until: { old: number; young: number } | null;
}
const kept = (): Map<string, Kept> => processState("discovery readings", () => new Map());

async function take(read: () => Promise<DiscoveryReport>): Promise<Reading> {
  try {
    return { report: await read(), problem: null, at: Date.now() };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const problem = [error.message, error.fix].filter(Boolean).join(" ");
    return { report: null, problem, at: Date.now() };
  }
}

function keep(key: string, reading: Promise<Reading>): void {
  const all = kept();
  const entry: Kept = { reading, until: null };
  all.delete(key);
  all.set(key, entry);
  reading.then(
    ({ at }) => {
      entry.until = { old: at + LIFE_MS, young: at + LEAST_LIFE_MS };
    },
    () => all.delete(key),
  );
  const [oldest] = all.keys();
  if (all.size > MOST && oldest !== undefined) all.delete(oldest);
}

/**
 * Reads a document at most once in three minutes for a key, or in five seconds when `fresh`; a
 * failure is remembered as long. Throws what is no AppError.
 */
export function readingOf(
  key: string,
  fresh: boolean,
  read: () => Promise<DiscoveryReport>,
): Promise<Reading> {
  const known = kept().get(key);
  const end = known?.until?.[fresh ? "young" : "old"] ?? Number.POSITIVE_INFINITY;
  if (known && end > Date.now()) return known.reading;
  const reading = take(read);
  keep(key, reading);
  return reading;
}
