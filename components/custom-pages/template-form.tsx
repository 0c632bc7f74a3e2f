"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useWatch } from "react-hook-form";
import { SaveBar } from "@/components/form/save-bar";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { UntilAwake, useAwake } from "@/components/form/until-awake";
import { useActionForm } from "@/components/form/use-action-form";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import {
  TEMPLATE_TYPE_WORDS,
  TEMPLATE_TYPES,
  type TemplateInput,
  templateInputSchema,
} from "@/lib/custom-pages/schema";
import type { Result } from "@/lib/kit/result";
import { PreviewFrame } from "./preview-frame";
import { TemplateHtml } from "./template-html";

const LIST = "/settings/custom-pages/templates";

interface TemplateFormProps {
  template: TemplateInput;
  /** Names of the applications that show it. */
  usedBy: string[];
  mayChange: boolean;
  /** Adds a template, or changes the one that it is about; answers its id. */
  save: (input: TemplateInput) => Promise<Result<{ id: string }>>;
  /** Goes on to the template's own page once it is there. */
  isNew?: boolean;
}

function Preview({ html }: { html: string }) {
  return (
    <section aria-labelledby="preview" className="min-w-0 xl:sticky xl:top-5">
      <h2 id="preview" className="mb-2 font-semibold text-base">
        Preview
      </h2>
      <PreviewFrame
        draft={JSON.stringify({ kind: "template", html })}
        title="Preview of the template"
        className="h-[34rem] w-full rounded-lg border border-edge"
        frameClassName="size-full"
      />
      <p className="mt-2 text-muted">
        Shown as people see it, in a sandbox: nothing in it runs, and its links lead nowhere here.
      </p>
    </section>
  );
}

/** Adds or changes a page template, beside what people will see. */
export function TemplateForm({ template, usedBy, mayChange, save, isNew }: TemplateFormProps) {
  "use no memo";
  const router = useRouter();
  const awake = useAwake();
  const [saved, setSaved] = useState(false);
  const { form, submit, issues } = useActionForm({
    schema: templateInputSchema,
    action: save,
    defaultValues: template,
    onSuccess: ({ id }) => (isNew ? router.push(`${LIST}/${id}`) : setSaved(true)),
  });
  const values = { ...template, ...useWatch({ control: form.control }) };
  const { errors, isSubmitting, isDirty } = form.formState;
  const inUse = usedBy.length > 0;
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      <form method="post" noValidate onSubmit={submit} className="min-w-0">
        <UnsavedChanges dirty={isDirty && mayChange} />
        {issues.length > 0 && (
          <div className="mb-5">
            <ErrorSummary issues={issues} />
          </div>
        )}
        <UntilAwake awake={awake && mayChange}>
          <Card>
            <div className="space-y-5">
              <Field id="name" label="Name" error={errors.name?.message}>
                {(aria) => <Input {...aria} {...form.register("name")} autoComplete="off" />}
              </Field>
              <Field
                id="type"
                label="Type"
                error={errors.type?.message}
                help={
                  inUse
                    ? `Stays as it is while it is used: ${usedBy.join(", ")}.`
                    : TEMPLATE_TYPE_WORDS[values.type].when
                }
              >
                {(aria) => (
                  <Select {...aria} {...form.register("type")}>
                    {TEMPLATE_TYPES.filter((type) => !inUse || type === template.type).map(
                      (type) => (
                        <option key={type} value={type}>
                          {TEMPLATE_TYPE_WORDS[type].label}
                        </option>
                      ),
                    )}
                  </Select>
                )}
              </Field>
              <TemplateHtml
                name={values.name}
                html={values.html}
                field={form.register("html")}
                error={errors.html?.message}
              />
            </div>
          </Card>
        </UntilAwake>
        {mayChange && (
          <SaveBar
            dirty={isDirty}
            pending={isSubmitting}
            onDiscard={isNew ? undefined : () => form.reset()}
            status={saved && "Saved"}
          >
            {isNew && (
              <LinkButton href={LIST} variant="ghost">
                Cancel
              </LinkButton>
            )}
          </SaveBar>
        )}
      </form>
      <Preview html={values.html} />
    </div>
  );
}
