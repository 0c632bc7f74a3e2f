import { FilterSelect } from "@/components/form/filter-select";
import { SearchForm } from "@/components/form/search-form";
import type { AuditFacets, AuditQuery } from "@/lib/audit/schema";
import { actionWords } from "@/lib/audit/words";

interface AuditFiltersProps {
  query: AuditQuery;
  facets: AuditFacets;
}

const options = (values: string[], words: (value: string) => string = String) =>
  values.map((value) => ({ value, label: words(value) }));

const othersOf = ({ actor, action }: AuditQuery): string[] => [actor, action];

export function AuditFilters({ query, facets }: AuditFiltersProps) {
  const { actor, action } = query;
  return (
    <SearchForm
      label="Filter the Admin log"
      placeholder="Object, person, address or request id"
      action="/logs/admin"
      q={query.q}
      others={othersOf(query)}
    >
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
    </SearchForm>
  );
}
