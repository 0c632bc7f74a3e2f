import type { ExportFormat } from "@/lib/log-export/table";
import type { ScimLogQuery } from "./schema";

const NAMES = ["q", "idp", "method", "type", "status", "resource", "range", "before"] as const;

/** The SCIM provisioning log with some of its query changed; empty values leave the address. */
export function scimLogHref(query: Partial<ScimLogQuery>, changes: Partial<ScimLogQuery>): string {
  const all = { ...query, ...changes };
  const params = new URLSearchParams();
  for (const name of NAMES) {
    const value = all[name];
    if (value) params.set(name, String(value));
  }
  return params.size > 0 ? `/logs/scim?${params}` : "/logs/scim";
}

/** The log of one login method or resource, from elsewhere in the console. */
export const scimLogOf = (filter: Partial<ScimLogQuery>): string => scimLogHref({}, filter);

/** What the query finds as a file: the whole of it, not from a page on. */
export const scimLogExportHref = (query: ScimLogQuery, format: ExportFormat): string =>
  scimLogHref(query, { before: undefined }).replace("/logs/scim", `/logs/scim/export.${format}`);
