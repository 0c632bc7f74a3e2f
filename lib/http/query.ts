const MAX_PARAMETERS = 32;
const MAX_NAME = 128;
/** Authorization codes of some providers are signed tokens of a few thousand characters. */
const MAX_VALUE = 8192;

export type QueryProblem = { kind: "duplicate"; name: string } | { kind: "too_large" };

/** With two of these nobody can tell which run is meant. Others that come twice, the run explains. */
const NAMES_A_RUN = new Set(["state", "ticket"]);

/** What is wrong with a query before anyone reads it. */
export function queryProblem(query: URLSearchParams): QueryProblem | null {
  if (query.size > MAX_PARAMETERS) return { kind: "too_large" };
  for (const [name, value] of query) {
    if (name.length > MAX_NAME || value.length > MAX_VALUE) return { kind: "too_large" };
    if (NAMES_A_RUN.has(name) && query.getAll(name).length > 1) return { kind: "duplicate", name };
  }
  return null;
}

/** Text of unknown origin as a page may show it: one line, bounded, without control or bidi characters. */
export function quotable(text: string, limit = 300): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length > limit ? `${line.slice(0, limit)}…` : line;
}
