import type { AccessEntry } from "./schema";

export const EXPORT_TYPES = {
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
} as const;
export type ExportFormat = keyof typeof EXPORT_TYPES;

const COLUMNS: Record<string, (entry: AccessEntry) => string | number | null> = {
  at: ({ at }) => at,
  event: ({ event }) => event,
  allowed: ({ allowed }) => String(allowed),
  reason: ({ reason }) => reason,
  reference: ({ ref }) => ref,
  email: ({ user }) => user?.email ?? null,
  user_id: ({ user }) => user?.id ?? null,
  application: ({ application }) => application?.name ?? null,
  application_id: ({ application }) => application?.id ?? null,
  host: ({ host }) => host,
  login_method: ({ loginMethod }) => loginMethod?.name ?? null,
  service_token: ({ serviceToken }) => serviceToken?.name ?? null,
  policy: ({ policy }) => policy?.name ?? null,
  rule: ({ rule }) => rule,
  ip: ({ ip }) => ip,
  country: ({ country }) => country,
  user_agent: ({ userAgent }) => userAgent,
  count: ({ count }) => count,
};

/** RFC 4180. A spreadsheet must not take a stranger's text for a formula. */
function cell(value: string | number | null): string {
  const text = String(value ?? "");
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** What stands before the first entry. */
export const exportHead = (format: ExportFormat): string =>
  format === "csv" ? `${Object.keys(COLUMNS).join(",")}\r\n` : "";

/** One entry as a line of its own. */
export const exportLine = (format: ExportFormat, entry: AccessEntry): string =>
  format === "csv"
    ? `${Object.values(COLUMNS)
        .map((read) => cell(read(entry)))
        .join(",")}\r\n`
    : `${JSON.stringify(entry)}\n`;
