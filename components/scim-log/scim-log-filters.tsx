import { FilterSelect } from "@/components/form/filter-select";
import { SearchForm } from "@/components/form/search-form";
import { LOG_RANGE_OPTIONS } from "@/lib/kit/log-range";
import { SCIM_METHODS, type ScimLogQuery } from "@/lib/scim/log/schema";

interface ScimLogFiltersProps {
  query: ScimLogQuery;
  loginMethods: { id: string; name: string }[];
}

const METHODS = SCIM_METHODS.map((value) => ({ value, label: value }));
const TYPES = [
  { value: "USER", label: "User" },
  { value: "GROUP", label: "Group" },
];
const OUTCOMES = [
  { value: "SUCCESS", label: "Success" },
  { value: "FAILURE", label: "Failure" },
];

const othersOf = ({ idp, method, type, status, resource, range }: ScimLogQuery): string[] => [
  idp,
  method,
  type,
  status,
  resource,
  range,
];

export const isFiltered = (query: ScimLogQuery): boolean =>
  [query.q, ...othersOf(query)].some(Boolean);

export function ScimLogFilters({ query, loginMethods }: ScimLogFiltersProps) {
  const { idp, method, type, status, resource, range } = query;
  return (
    <SearchForm
      label="Filter the SCIM provisioning log"
      placeholder="Email, group, id or address"
      action="/logs/scim"
      q={query.q}
      others={othersOf(query)}
    >
      <FilterSelect
        id="idp"
        label="Login method"
        any="Any"
        value={idp}
        options={loginMethods.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect id="method" label="Action" any="Any" value={method} options={METHODS} />
      <FilterSelect id="type" label="Resource type" any="Any" value={type} options={TYPES} />
      <FilterSelect id="status" label="Outcome" any="Any" value={status} options={OUTCOMES} />
      <FilterSelect
        id="range"
        label="Time"
        any="Any time"
        value={range}
        options={LOG_RANGE_OPTIONS}
      />
      {resource && <input type="hidden" name="resource" value={resource} />}
    </SearchForm>
  );
}
