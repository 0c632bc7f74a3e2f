"use client";
import { Controller } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useParts } from "./parts";

export function NameField() {
  const { connector, form, readOnly } = useParts();
  // Not `form.register`: the compiler keeps its result, and after a reset the form would no longer
  // know the field: Discard would leave the text, and Save would lose it.
  return (
    <Controller
      control={form.control}
      name="name"
      render={({ field, fieldState }) => (
        <Field
          id="name"
          label="Name"
          help="Shown to people on the login page."
          error={fieldState.error?.message}
        >
          {(aria) => (
            <Input
              {...aria}
              {...field}
              placeholder={connector.label}
              autoComplete="off"
              disabled={readOnly}
            />
          )}
        </Field>
      )}
    />
  );
}
