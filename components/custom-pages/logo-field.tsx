"use client";
import { type ChangeEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { dataAddress, imageProblem } from "@/lib/custom-pages/image";

interface LogoFieldProps {
  id?: string;
  value: string | null;
  onChange: (logo: string | null) => void;
  error?: string;
  disabled?: boolean;
}

/** A PNG, SVG, JPEG or WebP image, checked here as the server checks it, and kept in the page itself. */
export function LogoField({ id = "logo", value, onChange, error, disabled }: LogoFieldProps) {
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);

  async function take({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const wrong = imageProblem(bytes);
    setProblem(wrong ?? undefined);
    if (!wrong) onChange(dataAddress(bytes));
  }

  function remove() {
    setProblem(undefined);
    if (input.current) input.current.value = "";
    onChange(null);
  }

  return (
    <Field
      id={id}
      label="Logo"
      optional
      error={problem ?? error}
      help="PNG, SVG, JPEG or WebP, at most 200 KB. It stands on the background in light and in dark, so choose one that can be seen on both."
    >
      {(aria) => (
        <div className="flex flex-wrap items-center gap-3">
          {value && (
            <>
              {/* biome-ignore lint/performance/noImgElement: a data: address has nothing to optimise */}
              <img
                src={value}
                alt="The logo as it is now"
                className="h-12 max-w-40 rounded-sm border border-line object-contain p-1"
              />
              {!disabled && (
                <Button size="sm" onClick={remove}>
                  Remove<span className="sr-only"> logo</span>
                </Button>
              )}
            </>
          )}
          <input
            {...aria}
            ref={input}
            type="file"
            accept="image/png,image/svg+xml,image/jpeg,image/webp"
            disabled={disabled}
            onChange={(event) => void take(event)}
            className="control bg-surface! file:mr-3 file:rounded-sm file:border-0 file:bg-sunken file:px-2.5 file:py-0.5 file:font-medium file:text-ink sm:w-auto sm:flex-1"
          />
        </div>
      )}
    </Field>
  );
}
