"use client";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import type { DesignControls } from "./design-form";
import { LogoField } from "./logo-field";

interface DesignTextsProps {
  form: DesignControls;
  teamName: string;
  mayChange: boolean;
}

export function DesignTexts({ form, teamName, mayChange }: DesignTextsProps) {
  "use no memo";
  const { errors } = form.formState;
  const setLogo = (logo: string | null) =>
    form.setValue("logo", logo, { shouldDirty: true, shouldValidate: true });
  return (
    <div className="space-y-5">
      <Field
        id="organization_name"
        label="Organization name"
        optional
        error={errors.organization_name?.message}
        help={`Without one, people read the team name, ${teamName}.`}
      >
        {(aria) => (
          <Input {...aria} {...form.register("organization_name")} autoComplete="organization" />
        )}
      </Field>
      <LogoField
        value={form.watch("logo") ?? null}
        onChange={setLogo}
        error={errors.logo?.message}
        disabled={!mayChange}
      />
      <Field
        id="header_text"
        label="Header text"
        optional
        error={errors.header_text?.message}
        help="Above the card. At most 200 characters."
      >
        {(aria) => <Textarea {...aria} {...form.register("header_text")} rows={2} />}
      </Field>
      <Field
        id="contact"
        label="Contact"
        optional
        error={errors.contact?.message}
        help="An email or web address, shown to people who do not get in, beside the reference to give."
      >
        {(aria) => (
          <Input {...aria} {...form.register("contact")} autoComplete="off" spellCheck={false} />
        )}
      </Field>
      <Field
        id="footer_text"
        label="Footer text"
        optional
        error={errors.footer_text?.message}
        help="Below the card, such as whom to ask for help. At most 500 characters."
      >
        {(aria) => <Textarea {...aria} {...form.register("footer_text")} rows={3} />}
      </Field>
    </div>
  );
}
