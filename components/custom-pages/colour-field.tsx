"use client";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { isColour } from "@/lib/custom-pages/contrast";

interface ColourFieldProps {
  id: string;
  label: string;
  help: ReactNode;
  /** Blank for the page's own. */
  value: string;
  onChange: (colour: string) => void;
  onBlur: () => void;
  error?: string;
  /** What the picker begins with while the field is blank. */
  start: string;
}

/** A colour to type, and the browser's own picker beside it. */
export function ColourField({ id, label, help, value, start, error, ...on }: ColourFieldProps) {
  const picked = value.trim().toLowerCase();
  return (
    <Field id={id} label={label} optional help={help} error={error}>
      {(aria) => (
        <div className="flex gap-2">
          <input
            type="color"
            aria-label={`${label}: pick`}
            value={isColour(picked) ? picked : start}
            onChange={(event) => on.onChange(event.target.value)}
            className="h-9 w-12 shrink-0 cursor-pointer rounded-md border border-control bg-surface p-1"
          />
          <Input
            {...aria}
            name={id}
            value={value}
            onChange={(event) => on.onChange(event.target.value)}
            onBlur={on.onBlur}
            placeholder="#0b5f69"
            maxLength={20}
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
          />
          {value !== "" && (
            <Button variant="ghost" onClick={() => on.onChange("")}>
              Clear<span className="sr-only"> {label}</span>
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}
