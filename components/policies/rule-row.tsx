"use client";
import { X } from "lucide-react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { useBuilder } from "./builder-context";
import { emptyRow, type RowSelector, type RuleRow } from "./rule-rows";
import { RuleValues } from "./rule-values";
import { misplaced, offered, SELECTOR_WORDS } from "./selectors";

interface RuleRowFieldsProps {
  row: RuleRow;
  path: string;
  /** Such as `Include rule 1`. */
  name: string;
  onChange: (row: RuleRow) => void;
  onRemove: () => void;
}

/** One rule, or several of one selector. */
export function RuleRowFields({ row, path, name, onChange, onRemove }: RuleRowFieldsProps) {
  const { decision, errors, check, readOnly } = useBuilder();
  const allowed = offered(decision);
  const id = `${path}.selector`;
  const odd = row.selector !== "" && !allowed.includes(row.selector) ? row.selector : null;
  const error = errors[id] ?? (odd ? misplaced(decision, odd) : null) ?? undefined;
  return (
    <fieldset className="relative min-w-0">
      <legend className="sr-only">{name}</legend>
      <div className="grid items-start gap-x-4 gap-y-3 pr-9 sm:grid-cols-[13rem_minmax(0,1fr)]">
        <Field id={id} label="Selector" error={error}>
          {(aria) => (
            <Select
              {...aria}
              value={row.selector}
              disabled={readOnly}
              // What was entered belongs to the selector before.
              onChange={(event) => onChange(emptyRow(row.key, event.target.value as RowSelector))}
              onBlur={() => check(id)}
            >
              <option value="">Choose a selector</option>
              {allowed.map((selector) => (
                <option key={selector} value={selector}>
                  {SELECTOR_WORDS[selector].label}
                </option>
              ))}
              {odd && <option value={odd}>{SELECTOR_WORDS[odd].label}</option>}
            </Select>
          )}
        </Field>
        <div className="min-w-0">
          <RuleValues
            row={row}
            path={path}
            change={(changes) => onChange({ ...row, ...changes })}
          />
        </div>
      </div>
      {!readOnly && (
        <button
          type="button"
          onClick={onRemove}
          aria-label={`Remove ${name}`}
          className="absolute top-0 right-0 inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-danger"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </fieldset>
  );
}
