export interface TagLimits {
  max: number;
  /** What separates values in pasted text. */
  separators: RegExp;
}

export interface TagChange {
  value: string[];
  /** What happened, for a live region; empty when nothing did. */
  said: string;
}

function outcome(added: string[], repeated: string[], over: number, max: number): string {
  const parts: string[] = [];
  if (added.length > 0) parts.push(`Added ${added.join(", ")}.`);
  if (repeated.length > 0) parts.push(`${repeated.join(", ")} is already in the list.`);
  if (over > 0) parts.push(`${over} not added: the list holds at most ${max}.`);
  return parts.join(" ");
}

/** Adds what was typed or pasted: split, trimmed, without repeats (compared exactly), up to `max`. */
export function addTags(current: readonly string[], text: string, limits: TagLimits): TagChange {
  const wanted = [...new Set(text.split(limits.separators).map((part) => part.trim()))].filter(
    Boolean,
  );
  const fresh = wanted.filter((tag) => !current.includes(tag));
  const repeated = wanted.filter((tag) => current.includes(tag));
  const added = fresh.slice(0, Math.max(limits.max - current.length, 0));
  return {
    value: [...current, ...added],
    said: outcome(added, repeated, fresh.length - added.length, limits.max),
  };
}

export interface Suggestion {
  value: string;
  /** What people call the value, where it is an id; it is found by this too. */
  label?: string;
  /** Such as `string · "Eng…"`. */
  detail?: string;
}

/** Suggestions that are not in the list yet and hold what was typed, those that start with it first. */
export function matchingSuggestions(
  suggestions: readonly Suggestion[],
  current: readonly string[],
  typed: string,
): Suggestion[] {
  const query = typed.trim().toLowerCase();
  const names = ({ value, label }: Suggestion) => [value, ...(label ? [label] : [])];
  const open = suggestions.filter(
    (item) =>
      !current.includes(item.value) &&
      names(item).some((name) => name.toLowerCase().includes(query)),
  );
  const starts = (item: Suggestion) =>
    names(item).some((name) => name.toLowerCase().startsWith(query));
  return [...open.filter(starts), ...open.filter((item) => !starts(item))];
}
