"use client";
import { useState } from "react";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { profileNameSchema } from "@/lib/admins/schema";
import type { Result } from "@/lib/kit/result";
import { FailureBanner } from "./failure-banner";

interface ProfileNameProps {
  name: string;
  save: (input: { name: string }) => Promise<Result<unknown>>;
}

export function ProfileName({ name, save }: ProfileNameProps) {
  const [saved, setSaved] = useState(false);
  const { form, submit, failure } = useActionForm({
    schema: profileNameSchema,
    action: save,
    defaultValues: { name },
    onSuccess: () => setSaved(true),
  });
  const { errors, isSubmitting, isDirty } = form.formState;
  return (
    <form method="post" noValidate onSubmit={submit} className="max-w-md space-y-4">
      <FailureBanner failure={failure?.fields ? null : failure} />
      <Field id="name" label="Name" error={errors.name?.message}>
        {(aria) => <Input {...aria} {...form.register("name")} autoComplete="name" />}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pending={isSubmitting}>Save name</SubmitButton>
        <span role="status" className="text-muted">
          {saved && !isDirty && "Saved"}
        </span>
      </div>
    </form>
  );
}
