"use client";
import { useWatch } from "react-hook-form";
import { PasswordField } from "@/components/admins/password-field";
import { useActionForm } from "@/components/form/use-action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { firstOwnerSchema } from "@/lib/admins/setup-schema";
import type { StepProps } from "./setup-wizard";
import { StepForm } from "./step-form";

export function AdminStep({ values: { name, email, password }, onNext, onBack }: StepProps) {
  const { form, submit, issues } = useActionForm({
    schema: firstOwnerSchema,
    // Nothing to ask the server yet: it sees all of it at the end.
    action: async (data) => ({ ok: true as const, data }),
    defaultValues: { name, email, password },
    onSuccess: onNext,
  });
  const { errors, isSubmitting } = form.formState;
  const typed = useWatch({ control: form.control });
  return (
    <StepForm onSubmit={submit} issues={issues} pending={isSubmitting} onBack={onBack}>
      <Field
        id="name"
        label="Name"
        error={errors.name?.message}
        help="Stands beside each change in the Admin log."
      >
        {(aria) => (
          <Input
            {...aria}
            {...form.register("name")}
            placeholder="Ada Lovelace"
            autoComplete="name"
          />
        )}
      </Field>
      <Field id="email" label="Email" error={errors.email?.message} help="You sign in with it.">
        {(aria) => (
          <Input
            {...aria}
            {...form.register("email")}
            type="email"
            placeholder="admin@example.com"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <PasswordField
        label="Password"
        error={errors.password?.message}
        value={typed.password ?? ""}
        email={typed.email ?? ""}
        input={form.register("password")}
      />
    </StepForm>
  );
}
