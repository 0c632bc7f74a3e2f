"use client";
import { useState } from "react";
import { type UseFormReturn, useWatch } from "react-hook-form";
import type * as z from "zod";
import { SaveBar } from "@/components/form/save-bar";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { UntilAwake, useAwake } from "@/components/form/until-awake";
import { useActionForm } from "@/components/form/use-action-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/dialog";
import { ErrorSummary } from "@/components/ui/error-summary";
import {
  DEFAULT_DESIGN,
  type DesignForm,
  designFormSchema,
  formOf,
} from "@/lib/custom-pages/schema";
import type { Result } from "@/lib/kit/result";
import { DesignColours } from "./design-colours";
import { DesignPreview } from "./design-preview";
import { DesignTexts } from "./design-texts";

export type DesignControls = UseFormReturn<DesignForm, unknown, z.output<typeof designFormSchema>>;

interface DesignEditorProps {
  design: DesignForm;
  teamName: string;
  mayChange: boolean;
  save: (input: DesignForm) => Promise<Result<unknown>>;
}

function ResetButton({ onReset }: { onReset: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        Reset to default
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => {
          onReset();
          setOpen(false);
        }}
        title="Reset to default?"
        confirmLabel="Reset"
        tone="primary"
      >
        <p>
          Every field gets the page's own look again. Nothing changes for people before you save.
        </p>
      </ConfirmDialog>
    </>
  );
}

/** The look of the pages that people see, beside what it makes of them. */
export function DesignEditor({ design, teamName, mayChange, save }: DesignEditorProps) {
  "use no memo";
  const [saved, setSaved] = useState(false);
  const awake = useAwake();
  const { form, submit, issues } = useActionForm({
    schema: designFormSchema,
    action: save,
    defaultValues: design,
    onSuccess: () => setSaved(true),
  });
  const values = { ...design, ...useWatch({ control: form.control }) } as DesignForm;
  const { isSubmitting, isDirty } = form.formState;
  // Field by field: they are changes like any other, to be saved or discarded.
  function reset() {
    for (const [name, value] of Object.entries(formOf(DEFAULT_DESIGN))) {
      form.setValue(name as keyof DesignForm, value, { shouldDirty: true });
    }
    form.clearErrors();
  }
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
          <Card title="Identity">
            <DesignTexts form={form} teamName={teamName} mayChange={mayChange} />
          </Card>
          <Card
            title="Colours"
            description="They stand behind and around the card, in light and in dark. The card itself keeps its own."
          >
            <DesignColours form={form} values={values} />
          </Card>
        </UntilAwake>
        {mayChange && (
          <SaveBar
            dirty={isDirty}
            pending={isSubmitting}
            onDiscard={() => form.reset()}
            status={saved && "Saved. People see it from their next page on."}
          >
            <ResetButton onReset={reset} />
          </SaveBar>
        )}
      </form>
      <DesignPreview design={values} />
    </div>
  );
}
