import { tableExport } from "@/lib/log-export/table";
import type { ScimLogEntry } from "./schema";
import { effectWords, hasFailed, requestWords } from "./words";

/** Bodies, from which secrets were taken out before they were kept, are in NDJSON only. */
export const scimLogExport = tableExport<ScimLogEntry>({
  at: ({ at }) => at,
  event: requestWords,
  status: (entry) => (hasFailed(entry) ? "FAILURE" : "SUCCESS"),
  http_status: ({ status }) => status,
  error: ({ error }) => error,
  scim_type: ({ scimType }) => scimType,
  effects: ({ effects }) => effects.map(effectWords).join(" "),
  login_method: ({ loginMethod }) => loginMethod.name,
  login_method_id: ({ loginMethod }) => loginMethod.id,
  method: ({ method }) => method,
  path: ({ path }) => path,
  query: ({ query }) => query,
  bulk_operation: ({ bulkIndex }) => bulkIndex,
  resource_type: ({ resourceType }) => resourceType,
  resource_id: ({ resourceId }) => resourceId,
  external_id: ({ externalId }) => externalId,
  user_email: ({ userEmail }) => userEmail,
  group_name: ({ groupName }) => groupName,
  ip: ({ ip }) => ip,
  user_agent: ({ userAgent }) => userAgent,
  client: ({ client }) => client,
  duration_ms: ({ durationMs }) => durationMs,
  request_id: ({ requestId }) => requestId,
});
