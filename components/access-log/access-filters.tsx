import { Button, LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
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

interface FacetProps {
  id: string;
  label: string;
  any: string;
  value: string;
  options: Option[];
}

function Facet({ id, label, any, value, options }: FacetProps) {
  return (
    <div className="min-w-36 max-sm:w-full">
      <Field id={id} label={label}>
        {(aria) => (
          <Select {...aria} name={id} defaultValue={value}>
            <option value="">{any}</option>
            {options.map((option) => (
              <option key={option.id} value={option.id}>
                {option.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

const EVENTS = ACCESS_EVENTS.map((event) => ({ id: event, name: eventWords(event) }));
const OUTCOMES = [
  { id: "yes", name: "Allowed" },
  { id: "no", name: "Refused" },
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
      <Facet id="event" label="Event" any="Any event" value={event} options={EVENTS} />
      <Facet id="allowed" label="Result" any="Any result" value={allowed} options={OUTCOMES} />
      <Facet id="app" label="Application" any="Any" value={app} options={applications} />
      <Facet id="method" label="Login method" any="Any" value={method} options={loginMethods} />
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
