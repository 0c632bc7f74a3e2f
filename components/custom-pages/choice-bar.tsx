"use client";
import { useId } from "react";

interface ChoiceBarProps<T extends string> {
  label: string;
  choices: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** A few words side by side, of which one counts. */
export function ChoiceBar<T extends string>({
  label,
  choices,
  value,
  onChange,
}: ChoiceBarProps<T>) {
  const name = useId();
  return (
    <fieldset className="flex rounded-md border border-line p-0.5">
      <legend className="sr-only">{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className="relative inline-flex min-h-7 cursor-pointer items-center rounded-sm px-2.5 text-muted outline-accent hover:text-ink has-checked:bg-sunken has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 forced-colors:has-checked:bg-[Highlight] forced-colors:has-checked:text-[HighlightText]"
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            className="absolute inset-0 m-0 cursor-pointer appearance-none rounded-sm outline-none"
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
