import { FilterSelect } from "@/components/form/filter-select";
import { Button, LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import {
  LOG_RANGE_NAMES,
  type LogRange,
  SCIM_METHODS,
  type ScimLogQuery,
} from "@/lib/scim/log/schema";

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
const RANGES: Record<LogRange, string> = {
  "15m": "Last 15 minutes",
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
};
const RANGE_OPTIONS = LOG_RANGE_NAMES.map((value) => ({ value, label: RANGES[value] }));

const valuesOf = (query: ScimLogQuery): string[] => {
  const { q, idp, method, type, status, resource, range } = query;
  return [q, idp, method, type, status, resource, range];
};

export const isFiltered = (query: ScimLogQuery): boolean => valuesOf(query).some(Boolean);

/** A plain GET form: the filter is the address. */
export function ScimLogFilters({ query, loginMethods }: ScimLogFiltersProps) {
  const { q, idp, method, type, status, resource, range } = query;
  return (
    <form
      // A new address brings new values into fields that keep their own.
      key={JSON.stringify(valuesOf(query))}
      action="/logs/scim"
      aria-label="Filter the SCIM provisioning log"
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
              placeholder="Email, group, id or address"
            />
          )}
        </Field>
      </div>
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
      <FilterSelect id="range" label="Time" any="Any time" value={range} options={RANGE_OPTIONS} />
      {resource && <input type="hidden" name="resource" value={resource} />}
      <Button type="submit">Filter</Button>
      {isFiltered(query) && (
        <LinkButton href="/logs/scim" variant="ghost">
          Clear filters
        </LinkButton>
      )}
    </form>
  );
}
