import type { AccessQuery } from "./schema";

const NAMES = [
  ...(["q", "event", "allowed", "app", "user", "method"] as const),
  ...(["policy", "country", "range", "before", "entry"] as const),
];

/** The Access log with some of its query changed; empty values leave the address. */
export function accessHref(query: AccessQuery, changes: Partial<AccessQuery>): string {
  const all = { ...query, ...changes };
  const params = new URLSearchParams();
  for (const name of NAMES) {
    const value = all[name];
    if (value) params.set(name, String(value));
  }
  return params.size > 0 ? `/logs/access?${params}` : "/logs/access";
}

/** The log of one person or application, from elsewhere in the console. */
export const accessOf = (filter: { user?: string; app?: string; method?: string }): string =>
  `/logs/access?${new URLSearchParams(filter)}`;
