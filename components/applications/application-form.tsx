"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import type * as z from "zod";
import { SaveBar } from "@/components/form/save-bar";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { UntilAwake, useAwake } from "@/components/form/until-awake";
import { useActionForm } from "@/components/form/use-action-form";
import type { TesterActions, TesterData } from "@/components/policy-tester/subject";
import { LinkButton } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import {
  type Application,
  type ApplicationInput,
  applicationInputSchema,
  applicationSettingsSchema,
} from "@/lib/applications/schema";
import type { Result } from "@/lib/kit/result";
import { AdvancedSection } from "./advanced-section";
import { APPLICATIONS, applicationHref } from "./application-words";
import { BasicSection } from "./basic-section";
import { ExperienceSection } from "./experience-section";
import { ApplicationContext, type ApplicationValues, type Choices } from "./form-context";
import { MethodsSection } from "./methods-section";
import { PoliciesSection } from "./policies-section";

/** Most who open an application do not test it. */
const PolicyTester = dynamic(
  () => import("@/components/policy-tester/policy-tester").then((module) => module.PolicyTester),
  { ssr: false },
);

/** The parts that stand on one page. */
export type Section = "basic" | "policies" | "authentication" | "experience" | "advanced";

const SECTIONS: Record<Section, () => React.ReactNode> = {
  basic: BasicSection,
  policies: PoliciesSection,
  authentication: MethodsSection,
  experience: ExperienceSection,
  advanced: AdvancedSection,
};

interface ApplicationFormProps {
  /** Null while it is being added. */
  application: Application | null;
  sections: readonly Section[];
  choices: Choices;
  readOnly: boolean;
  add: (input: ApplicationValues) => Promise<Result<Application>>;
  change: (
    input: ApplicationValues & { id: string; version: number },
  ) => Promise<Result<Application>>;
  /** Stands below the policies and the login methods. */
  tester: { actions: TesterActions; data: TesterData } | null;
}

const valuesOf = (application: Application | null): ApplicationValues => ({
  name: application?.name ?? "",
  destinations: application?.destinations ?? [],
  settings: application?.settings ?? applicationSettingsSchema.parse({}),
  policies: application?.policies.map(({ id }) => id) ?? [],
});

function useApplicationForm({ application, add, change }: ApplicationFormProps) {
  // The form is one object whose state changes: the compiler's memo would show what it was.
  "use no memo";
  const router = useRouter();
  const [saved, setSaved] = useState(application);
  const [wasSaved, setWasSaved] = useState(false);
  const [next, setNext] = useState<string | null>(null);
  const { form, submit, issues } = useActionForm<ApplicationValues, ApplicationInput, Application>({
    schema: applicationInputSchema as unknown as z.ZodType<ApplicationInput, ApplicationValues>,
    action: (values) =>
      saved ? change({ ...values, id: saved.id, version: saved.version }) : add(values),
    defaultValues: valuesOf(saved),
    onSuccess: (stored) => {
      form.reset(valuesOf(stored));
      setSaved(stored);
      setWasSaved(true);
      if (saved === null) setNext(applicationHref(stored.id));
      else router.refresh();
    },
  });
  const { isDirty, isSubmitting } = form.formState;
  // Once the form holds nothing unsaved, or its guard would ask.
  useEffect(() => {
    if (next && !isDirty) router.push(next);
  }, [next, isDirty, router]);
  const discard = () => {
    form.reset(valuesOf(saved));
    setWasSaved(false);
  };
  return { form, submit, issues, saved, wasSaved, discard, dirty: isDirty, pending: isSubmitting };
}

/** Adds an application, or changes the part of it that a tab shows. */
export function ApplicationForm(props: ApplicationFormProps) {
  const { form, submit, issues, saved, wasSaved, discard, dirty, pending } =
    useApplicationForm(props);
  const { sections, choices, readOnly, tester } = props;
  const awake = useAwake();
  return (
    <ApplicationContext
      value={{ form: form as unknown as UseFormReturn<ApplicationValues>, choices, readOnly }}
    >
      <form method="post" noValidate onSubmit={submit}>
        {issues.length > 0 && (
          <div className="mb-5">
            <ErrorSummary issues={issues} />
          </div>
        )}
        <UntilAwake awake={awake}>
          {sections.map((section) => {
            const Part = SECTIONS[section];
            return <Part key={section} />;
          })}
        </UntilAwake>
        {!readOnly && (
          <SaveBar
            dirty={dirty}
            pending={pending}
            onDiscard={saved ? discard : undefined}
            status={wasSaved && "Saved"}
          >
            {!saved && (
              <LinkButton href={APPLICATIONS} variant="ghost">
                Cancel
              </LinkButton>
            )}
          </SaveBar>
        )}
        <UnsavedChanges dirty={dirty && !readOnly} />
      </form>
      {tester && (
        <div className="mt-6">
          <PolicyTester
            type="application"
            {...tester.data}
            actions={tester.actions}
            subject={() => ({
              type: "application",
              id: saved?.id ?? null,
              policies: form.getValues("policies") ?? [],
              allowed_idps: form.getValues("settings.allowed_idps") ?? [],
            })}
          />
        </div>
      )}
    </ApplicationContext>
  );
}
