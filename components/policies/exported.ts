import type { Policy, RuleGroup } from "@/lib/policies/schema";

export interface Exported {
  /** Cloudflare's shape. */
  json: string;
  /** A shell command that makes the same in a Cloudflare account. */
  request: string;
}

const single = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const curl = (resource: string, json: string): string =>
  [
    `curl "https://api.cloudflare.com/client/v4/accounts/$ACCOUNT_ID/access/${resource}" \\`,
    "  --request POST \\",
    '  --header "Authorization: Bearer $CLOUDFLARE_API_TOKEN" \\',
    '  --header "Content-Type: application/json" \\',
    `  --data ${single(json)}`,
  ].join("\n");

const exported = (resource: string, body: unknown): Exported => {
  const json = JSON.stringify(body, null, 2);
  return { json, request: curl(resource, json) };
};

/** https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/policies/methods/create/ */
export function exportPolicy(policy: Policy): Exported {
  const { name, decision, include, require, exclude, sessionDuration } = policy;
  const duration = sessionDuration === null ? {} : { session_duration: sessionDuration };
  return exported("policies", { name, decision, include, require, exclude, ...duration });
}

/** https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/groups/methods/create/ */
export function exportGroup(group: RuleGroup): Exported {
  const { name, include, require, exclude, isDefault: is_default } = group;
  return exported("groups", { name, include, require, exclude, is_default });
}
