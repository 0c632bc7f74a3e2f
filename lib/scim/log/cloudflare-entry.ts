import type { ScimLogEntry } from "./schema";
import { hasFailed } from "./words";

/** An entry as Cloudflare's API lists it (`/access/logs/scim/updates`; reference: cloudflare-access). */
export const cloudflareEntry = (entry: ScimLogEntry) => ({
  cf_resource_id: entry.resourceId,
  error_description: entry.error,
  idp_id: entry.loginMethod.id,
  idp_resource_id: entry.externalId,
  logged_at: entry.at,
  request_body: entry.request,
  request_method: entry.method,
  resource_group_name: entry.groupName,
  resource_type: entry.resourceType,
  resource_user_email: entry.userEmail,
  status: hasFailed(entry) ? "FAILURE" : "SUCCESS",
});
