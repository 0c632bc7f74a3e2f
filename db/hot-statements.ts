import { createHash } from "node:crypto";

/** Seldom ones are not worth the memory that PostgreSQL keeps for each, on every connection. */
const OFTEN = 50;
const MOST = 200;
/** Texts that are counted: lists of values make ever new ones. */
const MOST_COUNTED = 2_000;

/** The same in every process: behind a pooler they share connections, and a name must not stand for two texts. */
const nameFor = (text: string): string =>
  `gatehouse_${createHash("sha256").update(text).digest("base64url").slice(0, 32)}`;

/** Names of statements that are asked over and over. */
export interface HotStatements {
  /** Under a name PostgreSQL keeps a statement's plan for the connection; undefined for a seldom one. */
  nameOf(text: string): string | undefined;
  /** For a database, or a pooler before it, that does not keep what it was told to. */
  stop(): void;
}

/**
 * Planning is half of what a short statement costs. A plan is made anew when its table is analysed or
 * changed, and goes with its connection, which the pool ends in time.
 */
export function hotStatements(): HotStatements {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  let stopped = false;
  return {
    nameOf(text) {
      if (stopped) return undefined;
      const known = names.get(text);
      if (known !== undefined || names.size >= MOST) return known;
      const count = (counts.get(text) ?? 0) + 1;
      if (count < OFTEN) {
        if (counts.size >= MOST_COUNTED) counts.clear();
        counts.set(text, count);
        return undefined;
      }
      counts.delete(text);
      const name = nameFor(text);
      names.set(text, name);
      return name;
    },
    stop() {
      stopped = true;
    },
  };
}
