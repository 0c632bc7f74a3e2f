"use client";
import { Controller } from "react-hook-form";
import { Card } from "@/components/ui/card";
import { useApplication } from "./form-context";
import { MethodsWarning, openMethods } from "./policy-warnings";
import { SwitchSetting } from "./setting-fields";

const GONE = { name: "A login method that no longer exists", enabled: true };

interface MethodsProps {
  value: readonly string[];
  onChange: (ids: string[]) => void;
}

function Methods({ value, onChange }: MethodsProps) {
  const { choices, readOnly } = useApplication();
  const all = value.length === 0;
  // One that was deleted stands here until it is taken out: nobody must be let in by its absence.
  const gone = value.filter((id) => !choices.methods.some((method) => method.id === id));
  const methods = [...choices.methods, ...gone.map((id) => ({ id, ...GONE }))];
  return (
    <fieldset className="grid gap-1" id="settings.allowed_idps" tabIndex={-1}>
      <legend className="mb-1 font-medium">How people may sign in here</legend>
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
      {methods.map(({ id, name, enabled }) => (
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
          return (
            <div className="grid gap-4">
              <MethodsWarning open={openMethods(choices.methods, value).length} />
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
