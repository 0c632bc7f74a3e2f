"use client";
import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { TagInput } from "@/components/ui/tag-input";
import type { Suggestion } from "@/components/ui/tag-values";
import { useBuilder } from "./builder-context";
import type { RuleRow } from "./rule-rows";
import { SELECTOR_WORDS } from "./selectors";

export interface RowProps {
  row: RuleRow;
  /** Dotted path of the row, such as `include.0`. */
  path: string;
  change: (changes: Partial<RuleRow>) => void;
}

/** Values that may hold a comma, such as names of a directory, end with a line. */
export const LINES = /[\n\r]/;
const MOST_VALUES = 500;

interface TagsProps extends RowProps {
  suggestions?: readonly Suggestion[];
  placeholder?: string;
  separators?: RegExp;
  /** Stands under the field. */
  note?: ReactNode;
}

/** The values of a row, as tags. */
export function RowTags(props: TagsProps) {
  const { row, path, change, suggestions, placeholder, separators, note } = props;
  const { errors, check, readOnly } = useBuilder();
  const words = row.selector === "" ? null : SELECTOR_WORDS[row.selector];
  const id = `${path}.values`;
  const labelOf = (tag: string) => suggestions?.find(({ value }) => value === tag)?.label;
  return (
    <Field
      id={id}
      label={words?.values ?? "Values"}
      help={
        note ? (
          <>
            {words?.help} {note}
          </>
        ) : (
          words?.help
        )
      }
      error={errors[id]}
    >
      {(aria) => (
        <TagInput
          {...aria}
          value={row.values}
          onChange={(values) => change({ values })}
          onBlur={() => check(id)}
          suggestions={suggestions}
          placeholder={row.values.length === 0 ? placeholder : undefined}
          max={MOST_VALUES}
          disabled={readOnly}
          badgeFor={(tag) => labelOf(tag) && <span className="text-muted">{labelOf(tag)}</span>}
          {...(separators && { separators })}
        />
      )}
    </Field>
  );
}
