"use client";
import { type KeyboardEvent, useState } from "react";
import type { Entry } from "./entry";

/** Which option Enter would choose, and the keys that move it. It starts at the first one. */
export function useSelection(entries: readonly Entry[]) {
  const [chosen, setChosen] = useState<string | null>(null);
  const at = Math.max(
    0,
    entries.findIndex(({ id }) => id === chosen),
  );

  /** Whether the key was one of ours. */
  function move(event: KeyboardEvent): boolean {
    const last = entries.length - 1;
    const target = new Map([
      ["ArrowDown", at === last ? 0 : at + 1],
      ["ArrowUp", at === 0 ? last : at - 1],
      ["PageDown", Math.min(last, at + 5)],
      ["PageUp", Math.max(0, at - 5)],
    ]).get(event.key);
    if (target === undefined) return false;
    event.preventDefault();
    setChosen(entries[target]?.id ?? null);
    return true;
  }

  return { selected: entries[at], select: setChosen, move };
}
