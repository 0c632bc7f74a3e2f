import { FilterSelect } from "@/components/form/filter-select";
import { SearchForm } from "@/components/form/search-form";
import { allCountries } from "@/components/policies/countries";
import { ACCESS_EVENTS, type AccessQuery } from "@/lib/access-log/schema";
import { eventWords } from "@/lib/access-log/words";
import { LOG_RANGE_OPTIONS } from "@/lib/kit/log-range";

interface Option {
  id: string;
  name: string;
}

interface AccessFiltersProps {
  query: AccessQuery;
  applications: Option[];
  loginMethods: Option[];
  policies: Option[];
}

const optionsOf = (named: Option[]) => named.map(({ id, name }) => ({ value: id, label: name }));

const EVENTS = ACCESS_EVENTS.map((event) => ({ value: event, label: eventWords(event) }));
const OUTCOMES = [
  { value: "yes", label: "Allowed" },
  { value: "no", label: "Refused" },
];

const COUNTRIES = allCountries().map(({ value, code }) => ({ value: code, label: value }));

const othersOf = (query: AccessQuery): string[] => {
  const { event, allowed, app, user, method, policy, country, range } = query;
  return [event, allowed, app, user, method, policy, country, range];
};

export const isFiltered = (query: AccessQuery): boolean =>
  [query.q, ...othersOf(query)].some(Boolean);

export function AccessFilters(props: AccessFiltersProps) {
  const { query, applications, loginMethods, policies } = props;
  const { event, allowed, app, user, method, policy, country, range } = query;
  return (
    <SearchForm
      label="Filter the Access log"
      placeholder="Email, hostname, address or reference"
      action="/logs/access"
      q={query.q}
      others={othersOf(query)}
    >
      <FilterSelect id="event" label="Event" any="Any event" value={event} options={EVENTS} />
      <FilterSelect
        id="allowed"
        label="Result"
        any="Any result"
        value={allowed}
        options={OUTCOMES}
      />
      <FilterSelect
        id="app"
        label="Application"
        any="Any"
        value={app}
        options={optionsOf(applications)}
      />
      <FilterSelect
        id="method"
        label="Login method"
        any="Any"
        value={method}
        options={optionsOf(loginMethods)}
      />
      <FilterSelect
        id="policy"
        label="Decided by"
        any="Any policy"
        value={policy}
        options={optionsOf(policies)}
      />
      <FilterSelect
        id="country"
        label="Country"
        any="Any"
        value={country.toUpperCase()}
        options={COUNTRIES}
      />
      <FilterSelect
        id="range"
        label="Time"
        any="Any time"
        value={range}
        options={LOG_RANGE_OPTIONS}
      />
      {user && <input type="hidden" name="user" value={user} />}
    </SearchForm>
  );
}
