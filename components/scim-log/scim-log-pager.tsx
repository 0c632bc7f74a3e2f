import { LinkButton } from "@/components/ui/button";
import { scimLogHref } from "@/lib/scim/log/links";
import type { ScimLogQuery } from "@/lib/scim/log/schema";

/** By cursor, so that entries which arrive meanwhile shift nothing. */
export function ScimLogPager({ query, next }: { query: ScimLogQuery; next: number | null }) {
  if (!next && !query.before) return null;
  return (
    <nav aria-label="Pages of the log" className="mt-4 flex flex-wrap justify-between gap-2">
      {query.before ? (
        <LinkButton href={scimLogHref(query, { before: undefined })}>Newest</LinkButton>
      ) : (
        <span />
      )}
      {next && <LinkButton href={scimLogHref(query, { before: next })}>Older</LinkButton>}
    </nav>
  );
}
