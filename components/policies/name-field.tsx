"use client";
import { type Control, Controller, type FieldPath, type FieldValues } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface NameFieldProps<V extends FieldValues, O> {
  control: Control<V, unknown, O>;
  name: FieldPath<V>;
  label: string;
  placeholder: string;
  disabled: boolean;
}

/** What a policy or an access group is called. */
export function NameField<V extends FieldValues, O>(props: NameFieldProps<V, O>) {
  const { control, name, label, placeholder, disabled } = props;
  return (
    <div className="max-w-xl">
      <Controller
        control={control}
        name={name}
        render={({ field, fieldState }) => (
          <Field id={name} label={label} error={fieldState.error?.message}>
            {(aria) => (
              <Input
                {...aria}
                {...field}
                placeholder={placeholder}
                autoComplete="off"
                disabled={disabled}
              />
            )}
          </Field>
        )}
      />
    </div>
  );
}
