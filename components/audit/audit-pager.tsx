import { LinkButton } from "@/components/ui/button";
import { logHref } from "@/lib/audit/links";
import type { AuditQuery } from "@/lib/audit/schema";

/** By cursor, so that entries which arrive meanwhile shift nothing. */
export function AuditPager({ query, next }: { query: AuditQuery; next: number | null }) {
  if (!next && !query.before) return null;
  return (
    <nav aria-label="Pages of the log" className="mt-4 flex flex-wrap justify-between gap-2">
      {query.before ? (
        <LinkButton href={logHref(query, { before: undefined, event: undefined })}>
          Newest
        </LinkButton>
      ) : (
        <span />
      )}
      {next && (
        <LinkButton href={logHref(query, { before: next, event: undefined })}>Older</LinkButton>
      )}
    </nav>
  );
}
