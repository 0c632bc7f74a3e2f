/** How long like refusals are one entry. */
const WINDOW_MS = 60_000;
/**
 * Whose entries share a bound: what was let in, refusals of people and programs that proved who they
 * are, and refusals of strangers. A flood of one must not hide the others.
 */
export type Pool = "allowed" | "known" | "strangers";
const POOLS: readonly Pool[] = ["allowed", "known", "strangers"];

/** New refusals of a minute; a flood must not fill the disk. */
const MOST_SLOTS = 2_000;

interface Slot {
  /** Id of the entry, once it is written; null when it could not be. */
  id: Promise<number | null>;
  /** Its reference, which also stands for those that it counts. */
  ref: string;
  /** Like ones since then that its count does not have yet. */
  more: number;
  until: number;
}

/** Entries of the last minute by their key. Plain data, shared by the bundles of the process. */
export interface Coalesced {
  slots: Record<Pool, Map<string, Slot>>;
  /** Refusals that found no room. */
  dropped: number;
}

export const newCoalesced = (): Coalesced => ({
  slots: { allowed: new Map(), known: new Map(), strangers: new Map() },
  dropped: 0,
});

/** How many entries still may have to be counted on. */
export const sizeOf = ({ slots }: Coalesced): number =>
  POOLS.reduce((sum, pool) => sum + slots[pool].size, 0);

/** What makes entries alike. */
export interface Like {
  key: string;
  pool: Pool;
}

/**
 * Writes the first entry of a key and counts those that follow within a minute. Answers the reference
 * that leads to the entry, and the write, or null when there is none. A refusal without room is only
 * counted, and its reference leads nowhere.
 */
export function coalesce(
  state: Coalesced,
  { key, pool, now }: Like & { now: number },
  newRef: () => string,
  write: (ref: string) => Promise<number | null>,
): { ref: string; written: Promise<number | null> | null } {
  const slots = state.slots[pool];
  const present = slots.get(key);
  // One that is over is still counted on until the next flush has taken its number.
  if (present && (now < present.until || present.more > 0)) {
    present.more += 1;
    return { ref: present.ref, written: null };
  }
  const ref = newRef();
  if (!present && pool !== "allowed" && slots.size >= MOST_SLOTS) {
    state.dropped += 1;
    return { ref, written: null };
  }
  const id = write(ref);
  slots.set(key, { id, ref, more: 0, until: now + WINDOW_MS });
  return { ref, written: id };
}

export interface Counted {
  id: Promise<number | null>;
  more: number;
}

/** What has to be added to the counts; slots whose minute is over are forgotten. */
export function takeCounts(state: Coalesced, now: number): Counted[] {
  const counted: Counted[] = [];
  for (const pool of POOLS) {
    for (const [key, slot] of state.slots[pool]) {
      if (slot.more > 0) counted.push({ id: slot.id, more: slot.more });
      slot.more = 0;
      if (now >= slot.until) state.slots[pool].delete(key);
    }
  }
  return counted;
}
