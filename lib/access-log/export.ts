import { tableExport } from "@/lib/log-export/table";
import type { AccessEntry } from "./schema";

export const accessExport = tableExport<AccessEntry>({
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
});
