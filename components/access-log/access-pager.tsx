import { LinkButton } from "@/components/ui/button";
import { accessHref } from "@/lib/access-log/links";
import type { AccessQuery } from "@/lib/access-log/schema";

/** By cursor, so that entries which arrive meanwhile shift nothing. */
export function AccessPager({ query, next }: { query: AccessQuery; next: number | null }) {
  if (!next && !query.before) return null;
  return (
    <nav aria-label="Pages of the log" className="mt-4 flex flex-wrap justify-between gap-2">
      {query.before ? (
        <LinkButton href={accessHref(query, { before: undefined, entry: undefined })}>
          Newest
        </LinkButton>
      ) : (
        <span />
      )}
      {next && (
        <LinkButton href={accessHref(query, { before: next, entry: undefined })}>Older</LinkButton>
      )}
    </nav>
  );
}
