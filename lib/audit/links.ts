import type { AuditQuery } from "./schema";

/** The Admin log with some of its query changed; empty values leave the address. */
export function logHref(query: AuditQuery, changes: Partial<AuditQuery>): string {
  const { q, actor, action, before, event } = { ...query, ...changes };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ q, actor, action, before, event })) {
    if (value) params.set(name, String(value));
  }
  return params.size > 0 ? `/logs/admin?${params}` : "/logs/admin";
}
