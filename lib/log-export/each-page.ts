/** So many entries has a file at most. */
const MOST_EXPORTED = 100_000;

interface Page<Entry> {
  entries: Entry[];
  next: number | null;
}

/** Everything that a log lists, newest first, `size` at a time and at most 100,000 entries. */
export async function* eachPage<Entry>(
  size: number,
  list: (before: number | undefined) => Promise<Page<Entry>>,
): AsyncGenerator<Entry[]> {
  let before: number | undefined;
  for (let left = MOST_EXPORTED; left > 0; left -= size) {
    const page = await list(before);
    yield page.entries;
    if (page.next === null) return;
    before = page.next;
  }
}
