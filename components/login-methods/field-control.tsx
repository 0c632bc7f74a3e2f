"use client";
import type { ReactNode } from "react";
import type { ControllerRenderProps } from "react-hook-form";
import type { FieldAria } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { TagInput } from "@/components/ui/tag-input";
import type { Suggestion } from "@/components/ui/tag-values";
import type { ConnectorField } from "@/lib/connectors/definition";
import type { LoginMethodInput, StoredSecret } from "@/lib/login-methods/schema";
import { KeepOldSecret, TakesOver } from "./keep-old-secret";
import { SecretField } from "./secret-field";

export interface ControlProps {
  field: ConnectorField;
  aria: FieldAria;
  input: ControllerRenderProps<LoginMethodInput, `config.${string}`>;
  onChange: (value: unknown) => void;
  onBlur: () => void;
  onPaste: () => void;
  disabled: boolean;
  stored: StoredSecret | undefined;
  /** Whether a stored secret may be left out altogether. */
  removable: boolean;
  suggestions: readonly Suggestion[];
  badgeFor?: (tag: string) => ReactNode;
}

const asText = (value: unknown): string => (typeof value === "string" ? value : "");
const asTags = (value: unknown): string[] => (Array.isArray(value) ? value : []);

/** An optional number that was emptied is blank, not a number that is none. */
const typedNumber = (value: number, { optional }: ConnectorField) =>
  optional && Number.isNaN(value) ? "" : value;

function NumberControl({ field, aria, input, onChange, onBlur, disabled }: ControlProps) {
  const value = typeof input.value === "number" && !Number.isNaN(input.value) ? input.value : "";
  return (
    <span className="flex items-center gap-2">
      <Input
        {...aria}
        ref={input.ref}
        type="number"
        inputMode="numeric"
        step={1}
        className="max-w-28"
        disabled={disabled}
        value={value}
        onChange={(event) => onChange(typedNumber(event.target.valueAsNumber, field))}
        onBlur={onBlur}
      />
      {field.unit && <span className="text-muted">{field.unit}</span>}
    </span>
  );
}

function separatorsOf({ locked, lines }: ConnectorField): RegExp | undefined {
  if (lines) return /[\r\n]/;
  return locked ? /[\s,]+/ : undefined;
}

function TagsControl(props: ControlProps) {
  const { field, aria, input, onChange, onBlur, disabled, suggestions, badgeFor } = props;
  return (
    <TagInput
      {...aria}
      ref={input.ref}
      value={asTags(input.value)}
      onChange={onChange}
      onBlur={onBlur}
      locked={field.locked}
      suggestions={suggestions}
      badgeFor={badgeFor}
      placeholder={field.placeholder}
      separators={separatorsOf(field)}
      disabled={disabled}
    />
  );
}

function SelectControl({ field, aria, input, onChange, onBlur, disabled }: ControlProps) {
  return (
    <Select
      {...aria}
      ref={input.ref}
      disabled={disabled}
      value={asText(input.value)}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
    >
      {field.options?.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}

function TextControl({ field, aria, input, onChange, onBlur, onPaste, disabled }: ControlProps) {
  return (
    <Input
      {...aria}
      ref={input.ref}
      // `inputMode`, not type="url": browsers bring their own words for a wrong URL.
      inputMode={field.control === "url" ? "url" : undefined}
      className={field.control === "url" ? "font-mono" : undefined}
      placeholder={field.placeholder}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      disabled={disabled}
      value={asText(input.value)}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
      onPaste={onPaste}
    />
  );
}

function PemControl({ field, aria, input, onChange, onBlur, disabled }: ControlProps) {
  return (
    <Textarea
      {...aria}
      ref={input.ref}
      rows={5}
      className="font-mono text-xs"
      placeholder={field.placeholder}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      disabled={disabled}
      value={asText(input.value)}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
    />
  );
}

function SwitchControl({ aria, input, onChange, onBlur, disabled }: ControlProps) {
  return (
    <Switch
      {...aria}
      ref={input.ref}
      className="block"
      disabled={disabled}
      checked={input.value === true}
      onChange={(event) => onChange(event.target.checked)}
      onBlur={onBlur}
    />
  );
}

function SecretControl(props: ControlProps) {
  const { field, aria, input, onChange, onBlur, disabled, stored, removable } = props;
  if (input.value === true) return <TakesOver />;
  const value = input.value === null ? null : asText(input.value);
  return (
    <>
      <SecretField
        aria={aria}
        label={field.label}
        stored={stored}
        value={value}
        onChange={onChange}
        onBlur={onBlur}
        removable={removable}
        disabled={disabled}
        inputRef={input.ref}
      />
      <KeepOldSecret field={field} typed={value !== null && value.trim() !== ""} />
    </>
  );
}

const CONTROLS: Record<ConnectorField["control"], (props: ControlProps) => ReactNode> = {
  text: TextControl,
  url: TextControl,
  secret: SecretControl,
  switch: SwitchControl,
  tags: TagsControl,
  select: SelectControl,
  number: NumberControl,
  pem: PemControl,
};

export function FieldControl(props: ControlProps) {
  const Control = CONTROLS[props.field.control];
  return <Control {...props} />;
}
