import { FilterSelect } from "@/components/form/filter-select";
import { Button, LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AuditFacets, AuditQuery } from "@/lib/audit/schema";
import { actionWords } from "@/lib/audit/words";

interface AuditFiltersProps {
  query: AuditQuery;
  facets: AuditFacets;
}

const options = (values: string[], words: (value: string) => string = String) =>
  values.map((value) => ({ value, label: words(value) }));

/** A plain GET form: the filter is the address. */
export function AuditFilters({ query, facets }: AuditFiltersProps) {
  const { q, actor, action } = query;
  return (
    <form
      // A new address brings new values into fields that keep their own.
      key={JSON.stringify([q, actor, action])}
      action="/logs/admin"
      aria-label="Filter the Admin log"
      className="mb-5 flex flex-wrap items-end gap-3"
    >
      <div className="min-w-48 flex-1">
        <Field id="q" label="Search">
          {(aria) => (
            <Input
              {...aria}
              type="search"
              name="q"
              defaultValue={q}
              maxLength={100}
              placeholder="Object, person, address or request id"
            />
          )}
        </Field>
      </div>
      <FilterSelect
        id="actor"
        label="Actor"
        any="Anyone"
        value={actor}
        options={options(facets.actors)}
      />
      <FilterSelect
        id="action"
        label="Action"
        any="Any action"
        value={action}
        options={options(facets.actions, actionWords)}
      />
      <Button type="submit">Filter</Button>
      {(q || actor || action) && (
        <LinkButton href="/logs/admin" variant="ghost">
          Clear filters
        </LinkButton>
      )}
    </form>
  );
}
