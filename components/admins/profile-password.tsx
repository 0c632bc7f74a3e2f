"use client";
import { useState } from "react";
import { useWatch } from "react-hook-form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Field } from "@/components/ui/field";
import { SecretInput } from "@/components/ui/secret-input";
import { changePasswordSchema } from "@/lib/admins/schema";
import type { Result } from "@/lib/kit/result";
import { FailureBanner } from "./failure-banner";
import { PasswordField } from "./password-field";

interface ProfilePasswordProps {
  email: string;
  save: (input: { email: string; current: string; password: string }) => Promise<Result<unknown>>;
}

export function ProfilePassword({ email, save }: ProfilePasswordProps) {
  // The compiler would remember `register` and so leave the fields as they were after a reset.
  "use no memo";
  const [saved, setSaved] = useState(false);
  const empty = { email, current: "", password: "" };
  const { form, submit, failure } = useActionForm({
    schema: changePasswordSchema,
    action: save,
    defaultValues: empty,
    onSuccess: () => {
      form.reset(empty);
      setSaved(true);
    },
  });
  const { errors, isSubmitting, isDirty } = form.formState;
  const isValid = Object.keys(errors).length === 0;
  const password = useWatch({ control: form.control, name: "password" });
  return (
    <form method="post" noValidate onSubmit={submit} className="max-w-md space-y-4">
      <FailureBanner failure={failure?.fields ? null : failure} />
      <input type="hidden" autoComplete="username" {...form.register("email")} />
      <Field id="current" label="Current password" error={errors.current?.message}>
        {(aria) => (
          <SecretInput {...aria} {...form.register("current")} autoComplete="current-password" />
        )}
      </Field>
      <PasswordField
        label="New password"
        error={errors.password?.message}
        value={password}
        email={email}
        input={form.register("password")}
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pending={isSubmitting}>Change password</SubmitButton>
        <span role="status" className="text-muted">
          {saved && !isDirty && isValid && "Changed. Your other sessions are over."}
        </span>
      </div>
    </form>
  );
}
