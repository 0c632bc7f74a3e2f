import { FilterSelect } from "@/components/form/filter-select";
import { Button, LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { UserQuery } from "@/lib/users/query";

interface UserFiltersProps {
  query: UserQuery;
  loginMethods: { id: string; name: string }[];
}

const SEATS = [
  { value: "active", label: "Active" },
  { value: "inactive", label: "Inactive" },
];
const STATES = [
  { value: "enabled", label: "May sign in" },
  { value: "disabled", label: "Disabled" },
  { value: "deactivated", label: "Deactivated by the provider" },
  { value: "unclaimed", label: "Pushed, never signed in" },
];
const SOURCES = [
  { value: "scim", label: "SCIM" },
  { value: "login", label: "Login" },
];

export const isFiltered = (query: UserQuery): boolean =>
  [query.q, query.seat, query.method, query.group, query.state, query.source].some(Boolean);

/** A plain GET form: the filter is the address. */
export function UserFilters({ query, loginMethods }: UserFiltersProps) {
  const { q, seat, method, group, state, source } = query;
  return (
    <form
      // A new address brings new values into fields that keep their own.
      key={JSON.stringify([q, seat, method, group, state, source])}
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
      <FilterSelect
        id="method"
        label="Login method"
        any="Any"
        value={method}
        options={loginMethods.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect id="seat" label="Seat" any="Any" value={seat} options={SEATS} />
      <FilterSelect id="state" label="Status" any="Any" value={state} options={STATES} />
      <FilterSelect id="source" label="Source" any="Any" value={source} options={SOURCES} />
      <Button type="submit">Filter</Button>
      {isFiltered(query) && (
        <LinkButton href="/team/users" variant="ghost">
          Clear filters
        </LinkButton>
      )}
    </form>
  );
}
