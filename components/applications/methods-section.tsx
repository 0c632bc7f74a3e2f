"use client";
import Link from "next/link";
import { Controller } from "react-hook-form";
import { Banner } from "@/components/ui/banner";
import { Card } from "@/components/ui/card";
import { useApplication } from "./form-context";
import { SwitchSetting } from "./setting-fields";

interface MethodsProps {
  value: readonly string[];
  onChange: (ids: string[]) => void;
}

function Methods({ value, onChange }: MethodsProps) {
  const { choices, readOnly } = useApplication();
  const all = value.length === 0;
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 font-medium">Who may sign in here</legend>
      <label className="flex min-h-8 items-center gap-2">
        <input
          type="radio"
          className="size-4 accent-accent"
          checked={all}
          onChange={() => onChange([])}
          disabled={readOnly}
        />
        Accept all available login methods
      </label>
      {choices.methods.map(({ id, name, enabled }) => (
        <label key={id} className="flex min-h-8 items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={value.includes(id)}
            onChange={({ target }) =>
              onChange(target.checked ? [...value, id] : value.filter((one) => one !== id))
            }
            disabled={readOnly}
          />
          <span className="min-w-0 break-words">
            {name}
            {!enabled && <span className="text-muted"> (disabled)</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Which login methods people may use, and Instant Auth. */
export function MethodsSection() {
  const { form, choices } = useApplication();
  return (
    <Card title="Login methods">
      <Controller
        control={form.control}
        name="settings.allowed_idps"
        render={({ field, fieldState }) => {
          const value = field.value ?? [];
          const open = choices.methods.filter(
            ({ id, enabled }) => enabled && (value.length === 0 || value.includes(id)),
          );
          return (
            <div className="grid gap-4">
              {open.length === 0 && (
                <Banner tone="warning" title="Nobody can sign in">
                  No login method is enabled here.{" "}
                  <Link href="/settings/authentication" className="underline">
                    Go to Login methods
                  </Link>
                </Banner>
              )}
              {fieldState.error?.message && (
                <p className="text-danger">{fieldState.error.message}</p>
              )}
              <Methods
                value={value}
                onChange={(ids) => {
                  field.onChange(ids);
                  if (ids.length !== 1) {
                    form.setValue("settings.auto_redirect_to_identity", false, {
                      shouldDirty: true,
                    });
                  }
                }}
              />
              <SwitchSetting
                name="settings.auto_redirect_to_identity"
                label="Instant Auth"
                help="People go to the one chosen login method at once, without choosing on the login page."
              />
            </div>
          );
        }}
      />
    </Card>
  );
}
