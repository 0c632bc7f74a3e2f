import { FilterSelect } from "@/components/form/filter-select";
import { SearchForm } from "@/components/form/search-form";
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

const othersOf = ({ seat, method, group, state, source }: UserQuery): string[] => [
  seat,
  method,
  group,
  state,
  source,
];

export const isFiltered = (query: UserQuery): boolean =>
  [query.q, ...othersOf(query)].some(Boolean);

export function UserFilters({ query, loginMethods }: UserFiltersProps) {
  const { seat, method, group, state, source } = query;
  return (
    <SearchForm
      label="Filter the users"
      placeholder="Email or name"
      action="/team/users"
      q={query.q}
      others={othersOf(query)}
    >
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
    </SearchForm>
  );
}
