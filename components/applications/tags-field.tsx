"use client";
import { Controller } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { TagInput } from "@/components/ui/tag-input";
import { useApplication } from "./form-context";

/** Words to find the application by in the list. */
export function TagsField() {
  const { form, choices, readOnly } = useApplication();
  return (
    <Controller
      control={form.control}
      name="settings.tags"
      render={({ field, fieldState }) => (
        <Field
          id="settings.tags"
          label="Tags"
          optional
          help="To find applications by in the list."
          error={fieldState.error?.message}
        >
          {(aria) => (
            <TagInput
              {...aria}
              value={field.value ?? []}
              onChange={field.onChange}
              onBlur={field.onBlur}
              suggestions={choices.tags.map((value) => ({ value }))}
              max={25}
              disabled={readOnly}
            />
          )}
        </Field>
      )}
    />
  );
}
