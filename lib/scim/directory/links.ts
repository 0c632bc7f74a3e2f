import type { ScimGroupQuery, ScimMemberQuery } from "./schema";

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) params.set(name, value);
  return params.size > 0 ? `${path}?${params}` : path;
}

/** The list of pushed groups; empty values leave the address. */
export const pushedGroupsHref = (query: Partial<ScimGroupQuery>): string =>
  withQuery("/team/groups", query);

export const pushedGroupHref = (id: string, query: Partial<ScimMemberQuery> = {}): string =>
  withQuery(`/team/groups/${id}`, query);
