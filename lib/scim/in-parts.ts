/** As many ids as one statement takes well within the time that the pool gives a statement. */
const MOST = 10_000;

/** A long list as lists of at most 10,000; none of an empty one. */
export const inParts = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / MOST) }, (_, at) =>
    ids.slice(at * MOST, (at + 1) * MOST),
  );
