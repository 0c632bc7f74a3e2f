"use client";
import { useId } from "react";
import type { Choice } from "./builder-context";

interface ChoiceListProps {
  /** Of the first box, for the link of an error. */
  id: string;
  legend: string;
  /** Stands where there is nothing to choose. */
  empty: string;
  choices: readonly Choice[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  onBlur: () => void;
  disabled: boolean;
  error: string | undefined;
}

/** Some of a list of things by their names; one that is gone stays until it is taken away. */
export function ChoiceList(props: ChoiceListProps) {
  const { id, legend, empty, choices, value, onChange, onBlur, disabled, error } = props;
  const base = useId();
  const gone = value
    .filter((one) => one !== "" && !choices.some((choice) => choice.id === one))
    .map((one) => ({ id: one, name: `Deleted (${one.slice(0, 8)})` }));
  const all = [...choices, ...gone];
  return (
    <fieldset
      disabled={disabled}
      aria-describedby={error ? `${base}-error` : undefined}
      className="min-w-0"
    >
      <legend className="mb-1 font-medium">{legend}</legend>
      {all.length === 0 ? (
        <p id={id} tabIndex={-1} className="min-h-9 py-2 text-muted">
          {empty}
        </p>
      ) : (
        <div
          className={`grid max-h-56 gap-x-5 overflow-y-auto rounded-md border bg-surface px-2.5 py-1 sm:grid-cols-2 ${error ? "border-danger" : "border-control"}`}
        >
          {all.map((choice, index) => (
            <label key={choice.id} className="flex min-h-7 min-w-0 items-center gap-2">
              <input
                id={index === 0 ? id : undefined}
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={value.includes(choice.id)}
                aria-invalid={error ? true : undefined}
                onBlur={onBlur}
                onChange={(event) =>
                  onChange(
                    event.target.checked
                      ? [...value.filter(Boolean), choice.id]
                      : value.filter((one) => one !== choice.id),
                  )
                }
              />
              <span className="min-w-0 break-words">{choice.name}</span>
            </label>
          ))}
        </div>
      )}
      {error && (
        <p id={`${base}-error`} className="mt-1 font-medium text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
