import { type Entry, SECTIONS } from "./entry";

/** More than this of one section is a list nobody reads; another letter makes it shorter. */
const MOST = 8;

export interface Section {
  title: (typeof SECTIONS)[number];
  entries: Entry[];
}

/** Without case and accents, so that `Zürich` is found by `zurich`. */
const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** How well a name fits, smaller is better; null when a word of the query is not in it. */
function closeness(name: string, query: string): number | null {
  const text = plain(name);
  if (text === query) return 0;
  if (text.startsWith(query)) return 1;
  const words = wordsOf(text);
  const asked = wordsOf(query);
  if (asked.length === 0) return text.includes(query) ? 4 : null;
  if (asked.every((word) => words.some((one) => one.startsWith(word)))) return 2;
  return asked.every((word) => text.includes(word)) ? 4 : null;
}

/** A label counts for more than a synonym, and the two may share a query: `test` and a name. */
function scoreOf({ label, note, synonyms }: Entry, query: string): number | null {
  const own = closeness(label, query);
  if (own !== null) return own;
  const other = synonyms.map((name) => closeness(name, query)).filter((score) => score !== null);
  if (other.length > 0) return Math.min(...other) + 5;
  const together = closeness([label, note, ...synonyms].join(" "), query);
  return together === null ? null : together + 10;
}

/** Without a query: what was chosen last, then everything that is not quiet. */
function everything(entries: readonly Entry[], recent: readonly string[]): Section[] {
  const chosen = recent
    .map((id) => entries.find((entry) => entry.id === id))
    .filter((entry) => entry !== undefined);
  return SECTIONS.map((title) => ({
    title,
    entries:
      title === "Recent"
        ? chosen
        : entries.filter(
            (entry) => entry.section === title && !entry.quiet && !chosen.includes(entry),
          ),
  }));
}

function matching(entries: readonly Entry[], query: string): Section[] {
  const scored = entries
    .map((entry) => ({ entry, score: scoreOf(entry, query) }))
    .filter((one): one is { entry: Entry; score: number } => one.score !== null)
    .sort((a, b) => a.score - b.score);
  const bestFirst = [...new Set(scored.map(({ entry }) => entry.section))];
  return bestFirst.map((title) => ({
    title,
    entries: scored.map(({ entry }) => entry).filter((entry) => entry.section === title),
  }));
}

/** The sections to show, the best match first; each entry once. */
export function find(
  entries: readonly Entry[],
  typed: string,
  recent: readonly string[],
): Section[] {
  const query = plain(typed).trim().replace(/\s+/g, " ");
  return (query === "" ? everything(entries, recent) : matching(entries, query))
    .map(({ title, entries: found }) => ({ title, entries: found.slice(0, MOST) }))
    .filter(({ entries: found }) => found.length > 0);
}
