export const EXPORT_TYPES = {
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
} as const;
export type ExportFormat = keyof typeof EXPORT_TYPES;

type Value = string | number | null;

/** Columns of CSV by name; NDJSON has each entry as it is. */
export type Columns<Entry> = Record<string, (entry: Entry) => Value>;

/** Full-width signs too: spreadsheets in some languages take them for the others. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** RFC 4180. A spreadsheet must not take a stranger's text for a formula. */
function cell(value: Value): string {
  if (typeof value === "number") return String(value);
  const text = value ?? "";
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const row = (values: Value[]): string => `${values.map(cell).join(",")}\r\n`;

export interface TableExport<Entry> {
  /** What stands before the first entry. */
  head: (format: ExportFormat) => string;
  /** One entry as a line of its own. */
  line: (format: ExportFormat, entry: Entry) => string;
}

/** A log as a file, line by line. */
export const tableExport = <Entry>(columns: Columns<Entry>): TableExport<Entry> => ({
  head: (format) => (format === "csv" ? row(Object.keys(columns)) : ""),
  line: (format, entry) =>
    format === "csv"
      ? row(Object.values(columns).map((read) => read(entry)))
      : `${JSON.stringify(entry)}\n`,
});
