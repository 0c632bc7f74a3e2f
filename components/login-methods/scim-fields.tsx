"use client";
import dynamic from "next/dynamic";
import { Controller } from "react-hook-form";
import type { ScimPanelData } from "@/components/scim/panel-props";
import { Banner } from "@/components/ui/banner";
import { Field } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import type { IDENTITY_UPDATES } from "@/lib/login-methods/schema";
import { useParts } from "./parts";

/** Only where SCIM is on: it asks for its health by itself, and what that takes weighs. */
const ScimPanel = dynamic(() =>
  import("@/components/scim/scim-panel").then((module) => module.ScimPanel),
);

const SWITCHES = {
  enabled: {
    label: "Enable SCIM",
    help: "Lets your provider push users and groups.",
  },
  user_deprovision: {
    label: "Enable user deprovisioning",
    help: "When a person is removed from the SCIM app in your provider, or deactivated, their sessions end at once. Deactivated people cannot sign in until the provider activates them again.",
  },
  seat_deprovision: {
    label: "Remove user seat on deprovision",
    help: "Gives the seat of a removed person back. Needs user deprovisioning.",
  },
} as const;

const UPDATES: Record<(typeof IDENTITY_UPDATES)[number], { label: string; help: string }> = {
  automatic: {
    label: "Automatic identity updates",
    help: "What your provider pushes changes the person's identity in the user registry at once. Access reads it at their next sign-in.",
  },
  reauth: {
    label: "Group membership change reauthentication",
    help: "When a person's groups change, their sessions end, and they sign in again with the new groups. Some guides call it Enable group membership change reauthentication.",
  },
  no_action: {
    label: "No action",
    help: "The identity changes when the person signs in the next time. Sessions keep the groups of their sign-in.",
  },
};

function ScimSwitch({ name, disabled }: { name: keyof typeof SWITCHES; disabled: boolean }) {
  const { form } = useParts();
  const path = `scim.${name}` as const;
  return (
    <Controller
      control={form.control}
      name={path}
      render={({ field, fieldState }) => (
        <Field id={path} {...SWITCHES[name]} error={fieldState.error?.message}>
          {(aria) => (
            <Switch
              {...aria}
              ref={field.ref}
              className="block"
              disabled={disabled}
              checked={field.value === true}
              onChange={(event) => {
                field.onChange(event.target.checked);
                if (fieldState.error || name === "user_deprovision") {
                  void form.trigger("scim");
                }
              }}
              onBlur={field.onBlur}
            />
          )}
        </Field>
      )}
    />
  );
}

function UpdateBehaviour({ disabled }: { disabled: boolean }) {
  const { form } = useParts();
  return (
    <Controller
      control={form.control}
      name="scim.identity_update_behavior"
      render={({ field }) => (
        <fieldset className="min-w-0 space-y-2" disabled={disabled}>
          <legend className="mb-1 font-medium">SCIM identity update behavior</legend>
          {Object.entries(UPDATES).map(([value, { label, help }]) => (
            <label key={value} className="flex items-start gap-2.5">
              <input
                type="radio"
                name={field.name}
                className="mt-0.5 size-4 shrink-0 accent-accent"
                value={value}
                checked={field.value === value}
                onChange={() => field.onChange(value)}
                onBlur={field.onBlur}
              />
              <span className="min-w-0">
                {label}
                <span className="block max-w-prose text-muted">{help}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    />
  );
}

/** What a push by the provider does, and where it goes. */
export function ScimFields({ panel }: { panel: ScimPanelData | null }) {
  const { scim, saved, readOnly } = useParts();
  const off = readOnly || scim.enabled !== true;
  return (
    <>
      <ScimSwitch name="enabled" disabled={readOnly} />
      {panel && saved?.scim.enabled ? (
        <ScimPanel {...panel} loginMethod={saved} readOnly={readOnly} />
      ) : (
        scim.enabled && (
          <Banner tone="info" title="Save to get the SCIM Endpoint and the SCIM Secret">
            The secret is shown once, right after the save.
          </Banner>
        )
      )}
      <ScimSwitch name="user_deprovision" disabled={off} />
      <ScimSwitch
        name="seat_deprovision"
        disabled={off || !(scim.user_deprovision || scim.seat_deprovision)}
      />
      <UpdateBehaviour disabled={off} />
    </>
  );
}
