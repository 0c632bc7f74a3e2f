import { Button, LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { AuditFacets, AuditQuery } from "@/lib/audit/schema";
import { actionWords } from "@/lib/audit/words";

interface AuditFiltersProps {
  query: AuditQuery;
  facets: AuditFacets;
}

interface FacetProps {
  id: string;
  label: string;
  any: string;
  value: string;
  values: string[];
  words?: (value: string) => string;
}

function Facet({ id, label, any, value, values, words = String }: FacetProps) {
  return (
    <div className="min-w-40 max-sm:w-full">
      <Field id={id} label={label}>
        {(aria) => (
          <Select {...aria} name={id} defaultValue={value}>
            <option value="">{any}</option>
            {values.map((each) => (
              <option key={each} value={each}>
                {words(each)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

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
      <Facet id="actor" label="Actor" any="Anyone" value={actor} values={facets.actors} />
      <Facet
        id="action"
        label="Action"
        any="Any action"
        value={action}
        values={facets.actions}
        words={actionWords}
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
