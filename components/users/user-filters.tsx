import { Button, LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { UserQuery } from "@/lib/users/query";

interface UserFiltersProps {
  query: UserQuery;
  loginMethods: { id: string; name: string }[];
}

interface FacetProps {
  id: string;
  label: string;
  value: string;
  options: [value: string, words: string][];
}

function Facet({ id, label, value, options }: FacetProps) {
  return (
    <div className="min-w-36 max-sm:w-full">
      <Field id={id} label={label}>
        {(aria) => (
          <Select {...aria} name={id} defaultValue={value}>
            <option value="">Any</option>
            {options.map(([each, words]) => (
              <option key={each} value={each}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

export const isFiltered = ({ q, seat, method, group, state }: UserQuery): boolean =>
  Boolean(q || seat || method || group || state);

/** A plain GET form: the filter is the address. */
export function UserFilters({ query, loginMethods }: UserFiltersProps) {
  const { q, seat, method, group, state } = query;
  return (
    <form
      // A new address brings new values into fields that keep their own.
      key={JSON.stringify([q, seat, method, group, state])}
      action="/team/users"
      aria-label="Filter the users"
      className="mb-5 flex flex-wrap items-end gap-3"
    >
      <div className="min-w-48 flex-1">
        <Field id="q" label="Search">
          {(aria) => (
            <Input {...aria} type="search" name="q" defaultValue={q} placeholder="Email or name" />
          )}
        </Field>
      </div>
      <div className="min-w-36 max-sm:w-full">
        <Field id="group" label="Group">
          {(aria) => <Input {...aria} name="group" defaultValue={group} placeholder="admins" />}
        </Field>
      </div>
      <Facet
        id="method"
        label="Login method"
        value={method}
        options={loginMethods.map(({ id, name }) => [id, name])}
      />
      <Facet
        id="seat"
        label="Seat"
        value={seat}
        options={[
          ["active", "Active"],
          ["inactive", "Inactive"],
        ]}
      />
      <Facet
        id="state"
        label="Status"
        value={state}
        options={[
          ["enabled", "May sign in"],
          ["disabled", "Disabled"],
        ]}
      />
      <Button type="submit">Filter</Button>
      {isFiltered(query) && (
        <LinkButton href="/team/users" variant="ghost">
          Clear filters
        </LinkButton>
      )}
    </form>
  );
}
