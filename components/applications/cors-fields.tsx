"use client";
import { Controller, useWatch } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { TagInput } from "@/components/ui/tag-input";
import { corsSchema } from "@/lib/applications/schema";
import { useApplication } from "./form-context";
import { SwitchSetting } from "./setting-fields";

const METHODS = "GET POST HEAD PUT DELETE CONNECT OPTIONS TRACE PATCH".split(" ");

interface ListProps {
  name:
    | "settings.cors_headers.allowed_origins"
    | "settings.cors_headers.allowed_methods"
    | "settings.cors_headers.allowed_headers";
  label: string;
  placeholder: string;
  suggestions?: readonly string[];
}

const NONE: readonly string[] = [];

function List({ name, label, placeholder, suggestions = NONE }: ListProps) {
  const { form, readOnly } = useApplication();
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field, fieldState }) => (
        <Field id={name} label={label} error={fieldState.error?.message}>
          {(aria) => (
            <TagInput
              {...aria}
              value={(field.value as string[] | undefined) ?? []}
              onChange={field.onChange}
              onBlur={field.onBlur}
              suggestions={suggestions.map((value) => ({ value }))}
              placeholder={placeholder}
              disabled={readOnly}
            />
          )}
        </Field>
      )}
    />
  );
}

function MaxAge() {
  const { form, readOnly } = useApplication();
  return (
    <Controller
      control={form.control}
      name="settings.cors_headers.max_age"
      render={({ field, fieldState }) => (
        <Field
          id="settings.cors_headers.max_age"
          label="Access-Control-Max-Age (seconds)"
          optional
          error={fieldState.error?.message}
        >
          {(aria) => (
            <Input
              {...aria}
              type="number"
              min={-1}
              max={86_400}
              value={field.value ?? ""}
              onBlur={field.onBlur}
              onChange={({ target }) =>
                field.onChange(target.value === "" ? null : Number(target.value))
              }
              disabled={readOnly}
            />
          )}
        </Field>
      )}
    />
  );
}

/** Whether the gate answers preflight requests itself, and how. */
export function CorsFields() {
  const { form, readOnly } = useApplication();
  const cors = useWatch({ control: form.control, name: "settings.cors_headers" });
  const on = cors !== null && cors !== undefined;
  return (
    <div className="grid max-w-xl gap-5">
      <Field
        id="cors"
        label="Answer preflight requests here"
        help="A browser asks with OPTIONS and no cookie before a page of another origin may call this application. Traefik cannot pass the answer on: behind it, bypass OPTIONS requests below instead."
      >
        {(aria) => (
          <Switch
            {...aria}
            checked={on}
            disabled={readOnly}
            onChange={({ target }) =>
              form.setValue("settings.cors_headers", target.checked ? corsSchema.parse({}) : null, {
                shouldDirty: true,
              })
            }
          />
        )}
      </Field>
      {on && (
        <>
          <SwitchSetting
            name="settings.cors_headers.allow_credentials"
            label="Access-Control-Allow-Credentials"
          />
          <SwitchSetting name="settings.cors_headers.allow_all_origins" label="Allow all origins" />
          {!cors.allow_all_origins && (
            <List
              name="settings.cors_headers.allowed_origins"
              label="Allowed origins"
              placeholder="https://app.example.com"
            />
          )}
          <SwitchSetting name="settings.cors_headers.allow_all_methods" label="Allow all methods" />
          {!cors.allow_all_methods && (
            <List
              name="settings.cors_headers.allowed_methods"
              label="Allowed methods"
              placeholder="GET"
              suggestions={METHODS}
            />
          )}
          <SwitchSetting name="settings.cors_headers.allow_all_headers" label="Allow all headers" />
          {!cors.allow_all_headers && (
            <List
              name="settings.cors_headers.allowed_headers"
              label="Allowed headers"
              placeholder="content-type"
            />
          )}
          <MaxAge />
        </>
      )}
    </div>
  );
}
