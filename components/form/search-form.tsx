import type { ReactNode } from "react";
import { Button, LinkButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface SearchFormProps {
  /** What it searches, for screen readers. */
  label: string;
  placeholder: string;
  action: string;
  q: string;
  /** What the other filters are set to; empty is no filter. */
  others?: readonly string[];
  /** The other filters. */
  children?: ReactNode;
}

/** A plain GET form: the filter is the address. */
export function SearchForm(props: SearchFormProps) {
  const { label, placeholder, action, q, others = [], children } = props;
  const values = [q, ...others];
  return (
    <form
      // A new address brings new values into fields that keep their own.
      key={JSON.stringify(values)}
      action={action}
      aria-label={label}
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
              placeholder={placeholder}
            />
          )}
        </Field>
      </div>
      {children}
      <Button type="submit">Filter</Button>
      {values.some(Boolean) && (
        <LinkButton href={action} variant="ghost">
          Clear filters
        </LinkButton>
      )}
    </form>
  );
}
