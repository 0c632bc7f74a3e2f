"use client";
import { Controller, useWatch } from "react-hook-form";
import { LogoField } from "@/components/custom-pages/logo-field";
import { Card } from "@/components/ui/card";
import { useApplication } from "./form-context";
import { SelectSetting, SwitchSetting, TextSetting } from "./setting-fields";

function LauncherCard() {
  const { form, readOnly } = useApplication();
  return (
    <Card
      title="App Launcher"
      description="Where people find the applications they may open. The logo stands there and on the login page."
    >
      <div className="grid max-w-xl gap-5">
        <SwitchSetting
          name="settings.app_launcher_visible"
          label="Show in the App Launcher"
          help="Only for people whom the policies let in."
        />
        <Controller
          control={form.control}
          name="settings.logo_url"
          render={({ field, fieldState }) => (
            <LogoField
              id="settings.logo_url"
              value={field.value ?? null}
              onChange={field.onChange}
              error={fieldState.error?.message}
              disabled={readOnly}
            />
          )}
        />
      </div>
    </Card>
  );
}

function BlockPageCard() {
  const { form, choices } = useApplication();
  const settings = useWatch({ control: form.control, name: "settings" });
  const templates = (type: "identity_denied" | "forbidden") =>
    choices.templates
      .filter((template) => template.type === type)
      .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Card
      title="Block page"
      description="What people see whom the policies refuse. A redirect goes before a template, a template before the default page."
    >
      <div className="grid max-w-xl gap-5">
        <TextSetting
          name="settings.custom_deny_message"
          label="Message on the default page"
          optional
          lines={3}
          placeholder="Ask the help desk for access."
        />
        <TextSetting
          name="settings.custom_deny_url"
          label="Redirect URL for identity failure"
          optional
          nullable
          placeholder="https://help.example.com/access"
          help="Where somebody goes who is signed in, but whom the policies do not let in."
        />
        {!settings.custom_deny_url && (
          <SelectSetting
            name="settings.identity_denied_template"
            label="Identity failure block page"
            none="Default"
            options={templates("identity_denied")}
          />
        )}
        <TextSetting
          name="settings.custom_non_identity_deny_url"
          label="Redirect URL for non-identity failure"
          optional
          nullable
          placeholder="https://help.example.com/network"
          help="Where somebody goes whom a rule about a network, a country or a service token refuses."
        />
        {!settings.custom_non_identity_deny_url && (
          <SelectSetting
            name="settings.forbidden_template"
            label="Non-identity failure block page"
            none="Default"
            options={templates("forbidden")}
          />
        )}
      </div>
    </Card>
  );
}

/** How the application shows itself, and what people see whom it refuses. */
export function ExperienceSection() {
  return (
    <>
      <LauncherCard />
      <BlockPageCard />
    </>
  );
}
