import { FilterSelect } from "@/components/form/filter-select";
import { SearchForm } from "@/components/form/search-form";
import type { ApplicationQuery } from "@/lib/applications/query";
import { APPLICATIONS } from "./application-words";

interface ApplicationFiltersProps {
  query: ApplicationQuery;
  tags: readonly string[];
}

const STATES = [
  { value: "enabled", label: "Enabled" },
  { value: "disabled", label: "Disabled" },
];

const othersOf = ({ tag, state }: ApplicationQuery): string[] => [tag, state];

export const isFiltered = (query: ApplicationQuery): boolean =>
  [query.q, ...othersOf(query)].some(Boolean);

export function ApplicationFilters({ query, tags }: ApplicationFiltersProps) {
  const { tag, state } = query;
  const known = tag && !tags.includes(tag) ? [tag, ...tags] : tags;
  return (
    <SearchForm
      label="Filter the applications"
      placeholder="Name or public hostname"
      action={APPLICATIONS}
      q={query.q}
      others={othersOf(query)}
    >
      {known.length > 0 && (
        <FilterSelect
          id="tag"
          label="Tag"
          any="Any"
          value={tag}
          options={known.map((value) => ({ value, label: value }))}
        />
      )}
      <FilterSelect id="state" label="Status" any="Any" value={state} options={STATES} />
    </SearchForm>
  );
}
