"use client";
import type { ReactNode } from "react";
import { Controller, type FieldPath } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { type ApplicationValues, useApplication } from "./form-context";

type Name = FieldPath<ApplicationValues>;

interface SettingProps {
  name: Name;
  label: string;
  help?: ReactNode;
}

/** A switch with its label beside it. */
export function SwitchSetting({ name, label, help }: SettingProps) {
  const { form, readOnly } = useApplication();
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <Field id={name} label={label} help={help} error={fieldState.error?.message}>
          {(aria) => (
            <Switch
              {...aria}
              ref={field.ref}
              checked={field.value === true}
              onBlur={field.onBlur}
              onChange={(event) => field.onChange(event.target.checked)}
              disabled={readOnly}
            />
          )}
        </Field>
      )}
    />
  );
}

interface TextSettingProps extends SettingProps {
  placeholder?: string;
  optional?: boolean;
  /** Whether an empty field is stored as nothing at all. */
  nullable?: boolean;
  lines?: number;
}

export function TextSetting(props: TextSettingProps) {
  const { name, label, help, placeholder, optional, nullable, lines } = props;
  const { form, readOnly } = useApplication();
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <Field
          id={name}
          label={label}
          help={help}
          optional={optional ?? false}
          error={fieldState.error?.message}
        >
          {(aria) => {
            const shared = {
              ...aria,
              name: field.name,
              value: typeof field.value === "string" ? field.value : "",
              onBlur: field.onBlur,
              onChange: ({ target }: { target: { value: string } }) =>
                field.onChange(nullable && target.value === "" ? null : target.value),
              disabled: readOnly,
              placeholder,
            };
            return lines ? (
              <Textarea {...shared} rows={lines} />
            ) : (
              <Input {...shared} autoComplete="off" />
            );
          }}
        </Field>
      )}
    />
  );
}

interface SelectSettingProps extends SettingProps {
  options: readonly { value: string; label: string }[];
  /** Words for "none", which is stored as nothing. */
  none?: string;
}

export function SelectSetting({ name, label, help, options, none }: SelectSettingProps) {
  const { form, readOnly } = useApplication();
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <Field id={name} label={label} help={help} error={fieldState.error?.message}>
          {(aria) => (
            <Select
              {...aria}
              ref={field.ref}
              value={typeof field.value === "string" ? field.value : ""}
              onBlur={field.onBlur}
              onChange={({ target }) => field.onChange(target.value || null)}
              disabled={readOnly}
            >
              {none !== undefined && <option value="">{none}</option>}
              {options.map(({ value, label: words }) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    />
  );
}
