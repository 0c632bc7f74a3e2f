"use client";
import { Controller } from "react-hook-form";
import { designContrast, isColour, LEAST_CONTRAST, readableOn } from "@/lib/custom-pages/contrast";
import type { DesignForm } from "@/lib/custom-pages/schema";
import { ColourField } from "./colour-field";
import { ContrastReadout } from "./contrast-readout";
import type { DesignControls } from "./design-form";

const lower = (text: string): string => text.trim().toLowerCase();

const isHard = (values: DesignForm): boolean =>
  (designContrast({
    background_color: lower(values.background_color) || null,
    text_color: lower(values.text_color),
  }) ?? LEAST_CONTRAST) < LEAST_CONTRAST;

interface DesignColoursProps {
  form: DesignControls;
  values: DesignForm;
}

export function DesignColours({ form, values }: DesignColoursProps) {
  "use no memo";
  const background = lower(values.background_color);
  // A problem of the two colours together is told at the text: either of them can solve it.
  const recheck = () => {
    if (form.formState.errors.text_color) void form.trigger("text_color");
  };
  return (
    <div className="space-y-5">
      {(["background_color", "text_color"] as const).map((name) => (
        <Controller
          key={name}
          control={form.control}
          name={name}
          render={({ field, fieldState }) => (
            <ColourField
              id={name}
              label={name === "text_color" ? "Text color" : "Background color"}
              help={
                name === "text_color"
                  ? "Of header and footer. Leave it blank for black or white, whichever is easier to read."
                  : "Leave it blank for the page's own, which is light or dark as each person likes it."
              }
              value={field.value}
              onChange={(colour) => {
                field.onChange(colour);
                recheck();
              }}
              onBlur={field.onBlur}
              error={fieldState.error?.message}
              start={
                name === "text_color" && isColour(background) ? readableOn(background) : "#0b5f69"
              }
            />
          )}
        />
      ))}
      <div role="status">
        <ContrastReadout background={values.background_color} text={values.text_color} />
      </div>
      {isHard(values) && (
        <label className="flex min-h-8 items-start gap-2">
          <input
            type="checkbox"
            {...form.register("overridden", { onChange: recheck })}
            className="mt-0.5 size-5 accent-accent"
          />
          <span>Save it anyway: some people will not be able to read this text.</span>
        </label>
      )}
    </div>
  );
}
