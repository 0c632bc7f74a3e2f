"use client";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useParts } from "./parts";

export function NameField() {
  const { connector, form, errors, readOnly } = useParts();
  return (
    <Field id="name" label="Name" help="Shown to people on the login page." error={errors.name}>
      {(aria) => (
        <Input
          {...aria}
          {...form.register("name")}
          placeholder={connector.label}
          autoComplete="off"
          disabled={readOnly}
        />
      )}
    </Field>
  );
}
