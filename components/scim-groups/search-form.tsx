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
  filtered: boolean;
  /** More filters. */
  children?: ReactNode;
}

/** A plain GET form: the filter is the address. */
export function SearchForm(props: SearchFormProps) {
  const { label, placeholder, action, q, filtered, children } = props;
  return (
    <form
      // A new address brings new values into fields that keep their own.
      key={q}
      action={action}
      aria-label={label}
      className="mb-5 flex flex-wrap items-end gap-3"
    >
      <div className="min-w-48 flex-1">
        <Field id="q" label="Search">
          {(aria) => (
            <Input {...aria} type="search" name="q" defaultValue={q} placeholder={placeholder} />
          )}
        </Field>
      </div>
      {children}
      <Button type="submit">Filter</Button>
      {filtered && (
        <LinkButton href={action} variant="ghost">
          Clear filters
        </LinkButton>
      )}
    </form>
  );
}
