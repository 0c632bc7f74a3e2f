"use client";
import type { ReactNode } from "react";
import { Controller, type FieldPath } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { type ApplicationValues, useApplication } from "./form-context";

interface SettingProps {
  name: FieldPath<ApplicationValues>;
  label: string;
  help?: ReactNode;
  optional?: boolean;
}

type Aria = Parameters<Parameters<typeof Field>[0]["children"]>[0];

/** What a control of a setting needs, whatever it looks like. */
interface ControlProps extends Aria {
  name: string;
  onBlur: () => void;
  disabled: boolean;
}

type Render = (
  props: ControlProps,
  value: unknown,
  onChange: (value: unknown) => void,
) => ReactNode;

/** One field of the form, with its label, help and error. */
function Setting({
  name,
  label,
  help,
  optional = false,
  render,
}: SettingProps & { render: Render }) {
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
          optional={optional}
          error={fieldState.error?.message}
        >
          {(aria) =>
            render(
              { ...aria, name: field.name, onBlur: field.onBlur, disabled: readOnly },
              field.value,
              field.onChange,
            )
          }
        </Field>
      )}
    />
  );
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A switch with its label above it. */
export function SwitchSetting(setting: SettingProps) {
  return (
    <Setting
      {...setting}
      render={(props, value, onChange) => (
        <Switch
          {...props}
          checked={value === true}
          onChange={({ target }) => onChange(target.checked)}
        />
      )}
    />
  );
}

interface TextSettingProps extends SettingProps {
  placeholder?: string;
  /** Whether an empty field is stored as nothing at all. */
  nullable?: boolean;
  lines?: number;
}

export function TextSetting({ placeholder, nullable, lines, ...setting }: TextSettingProps) {
  return (
    <Setting
      {...setting}
      render={(props, value, onChange) => {
        const shared = {
          ...props,
          placeholder,
          value: textOf(value),
          onChange: ({ target }: { target: { value: string } }) =>
            onChange(nullable && target.value === "" ? null : target.value),
        };
        return lines ? (
          <Textarea {...shared} rows={lines} />
        ) : (
          <Input {...shared} autoComplete="off" />
        );
      }}
    />
  );
}

interface SelectSettingProps extends SettingProps {
  options: readonly { value: string; label: string }[];
  /** Words for "none", which is stored as nothing. */
  none?: string;
}

export function SelectSetting({ options, none, ...setting }: SelectSettingProps) {
  return (
    <Setting
      {...setting}
      render={(props, value, onChange) => (
        <Select
          {...props}
          value={textOf(value)}
          onChange={({ target }) => onChange(target.value || null)}
        >
          {none !== undefined && <option value="">{none}</option>}
          {options.map(({ value: choice, label }) => (
            <option key={choice} value={choice}>
              {label}
            </option>
          ))}
        </Select>
      )}
    />
  );
}
