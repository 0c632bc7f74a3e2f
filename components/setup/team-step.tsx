"use client";
import { useWatch } from "react-hook-form";
import { useActionForm } from "@/components/form/use-action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { teamStepSchema } from "@/lib/admins/setup-schema";
import { dependsOnTeamName, teamDomainFor } from "@/lib/team/domain";
import type { StepProps } from "./setup-wizard";
import { StepForm } from "./step-form";

interface TeamStepProps extends StepProps {
  consoleUrl: string;
  authDomain: string;
}

function previewOf(consoleUrl: string, authDomain: string, typed: string): string {
  const name = teamStepSchema.safeParse({ teamName: typed }).data?.teamName ?? "acme";
  return teamDomainFor(consoleUrl, authDomain, name);
}

export function TeamStep({ values, onNext, onBack, consoleUrl, authDomain }: TeamStepProps) {
  const { form, submit, issues } = useActionForm({
    schema: teamStepSchema,
    action: async (data) => ({ ok: true as const, data: { teamName: data.teamName.trim() } }),
    defaultValues: { teamName: values.teamName },
    onSuccess: onNext,
  });
  const { errors, isSubmitting } = form.formState;
  const typed = useWatch({ control: form.control, name: "teamName" });
  const named = dependsOnTeamName(authDomain);
  return (
    <StepForm onSubmit={submit} issues={issues} pending={isSubmitting} onBack={onBack}>
      <Field
        id="teamName"
        label="Team name"
        error={errors.teamName?.message}
        help="3 to 63 lowercase letters, numbers or hyphens. It can be changed later."
      >
        {(aria) => (
          <Input
            {...aria}
            {...form.register("teamName")}
            placeholder="acme"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <div>
        <p className="mb-1 font-medium">Team domain</p>
        <p
          aria-live="polite"
          className="break-all rounded-md border border-line bg-sunken px-2.5 py-2 font-mono"
        >
          {previewOf(consoleUrl, authDomain, typed)}
        </p>
        <p className="mt-1 text-muted">
          {named
            ? "People sign in here, and providers call back here. It follows the team name."
            : "People sign in here, and providers call back here. It is the host of this console, unless AUTH_DOMAIN names another, and stays the same whatever the team is called."}
        </p>
      </div>
    </StepForm>
  );
}
