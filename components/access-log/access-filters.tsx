import { FilterSelect } from "@/components/form/filter-select";
import { SearchForm } from "@/components/form/search-form";
import { ACCESS_EVENTS, type AccessQuery } from "@/lib/access-log/schema";
import { eventWords } from "@/lib/access-log/words";

interface Option {
  id: string;
  name: string;
}

interface AccessFiltersProps {
  query: AccessQuery;
  applications: Option[];
  loginMethods: Option[];
}

const optionsOf = (named: Option[]) => named.map(({ id, name }) => ({ value: id, label: name }));

const EVENTS = ACCESS_EVENTS.map((event) => ({ value: event, label: eventWords(event) }));
const OUTCOMES = [
  { value: "yes", label: "Allowed" },
  { value: "no", label: "Refused" },
];

const othersOf = ({ event, allowed, app, user, method }: AccessQuery): string[] => [
  event,
  allowed,
  app,
  user,
  method,
];

export const isFiltered = (query: AccessQuery): boolean =>
  [query.q, ...othersOf(query)].some(Boolean);

export function AccessFilters({ query, applications, loginMethods }: AccessFiltersProps) {
  const { event, allowed, app, user, method } = query;
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
      {user && <input type="hidden" name="user" value={user} />}
    </SearchForm>
  );
}
