import { FilterSelect } from "@/components/form/filter-select";
import { Button, LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
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

export const isFiltered = ({ q, tag, state }: ApplicationQuery): boolean =>
  Boolean(q || tag || state);

/** A plain GET form: the filter is the address. */
export function ApplicationFilters({ query, tags }: ApplicationFiltersProps) {
  const { q, tag, state } = query;
  const known = tag && !tags.includes(tag) ? [tag, ...tags] : tags;
  return (
    <form
      // A new address brings new values into fields that keep their own.
      key={JSON.stringify([q, tag, state])}
      action={APPLICATIONS}
      aria-label="Filter the applications"
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
              placeholder="Name or public hostname"
            />
          )}
        </Field>
      </div>
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
      <Button type="submit">Filter</Button>
      {isFiltered(query) && (
        <LinkButton href={APPLICATIONS} variant="ghost">
          Clear filters
        </LinkButton>
      )}
    </form>
  );
}
