"use client";
import { useEffect } from "react";
import { useActionForm } from "@/components/form/use-action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { unlockSchema } from "@/lib/admins/setup-schema";
import type { SetupWizardProps, StepProps } from "./setup-wizard";
import { StepForm } from "./step-form";

export function UnlockStep({
  values,
  onNext,
  unlock,
}: StepProps & Pick<SetupWizardProps, "unlock">) {
  const { form, submit, issues } = useActionForm({
    schema: unlockSchema,
    action: unlock,
    defaultValues: { token: values.token },
    onSuccess: () => onNext({ token: form.getValues("token").trim() }),
  });
  const { errors, isSubmitting } = form.formState;

  // The link in the log carries the token behind the #, which the browser keeps to itself.
  useEffect(() => {
    const token = new URLSearchParams(location.hash.slice(1)).get("token");
    if (!token) return;
    form.setValue("token", token);
    // Later, so that Next's router has taken over the history and forgets the fragment too.
    const timer = setTimeout(() => history.replaceState(null, "", location.pathname));
    return () => clearTimeout(timer);
  }, [form]);

  return (
    <StepForm onSubmit={submit} issues={issues} pending={isSubmitting}>
      <Field
        id="token"
        label="Setup token"
        error={errors.token?.message}
        help="Gatehouse prints it in the server log at every start, until set-up is done. Only the newest one works."
      >
        {(aria) => (
          <Input
            {...aria}
            {...form.register("token")}
            className="font-mono"
            placeholder="zt-setup-…"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
    </StepForm>
  );
}
