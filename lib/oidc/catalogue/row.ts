/**
 * One row of the catalogue. `{Label|otherwise}` stands for the fact of that label, or for the words
 * behind the bar. A fix with a bare `{Label}` is left out when that fact is not there.
 */
export interface Row {
  title: string;
  cause: string;
  fixes: readonly string[];
  /** Config key of the field to look at. */
  field?: string;
  /** Good to know, and no reason to say that a test passed with warnings. */
  note?: true;
}

/** Keeps the codes as literal types while every row is checked. */
export const rows = <K extends string>(table: Record<K, Row>): Record<K, Row> => table;
