import { FilterSelect } from "@/components/form/filter-select";
import { Button, LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
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

export const isFiltered = ({ q, event, allowed, app, user, method }: AccessQuery): boolean =>
  Boolean(q || event || allowed || app || user || method);

/** A plain GET form: the filter is the address. */
export function AccessFilters({ query, applications, loginMethods }: AccessFiltersProps) {
  const { q, event, allowed, app, user, method } = query;
  return (
    <form
      // A new address brings new values into fields that keep their own.
      key={JSON.stringify([q, event, allowed, app, user, method])}
      action="/logs/access"
      aria-label="Filter the Access log"
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
              maxLength={200}
              placeholder="Email, hostname, address or reference"
            />
          )}
        </Field>
      </div>
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
      <Button type="submit">Filter</Button>
      {isFiltered(query) && (
        <LinkButton href="/logs/access" variant="ghost">
          Clear filters
        </LinkButton>
      )}
    </form>
  );
}
