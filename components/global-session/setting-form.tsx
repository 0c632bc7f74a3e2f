"use client";
import { type ReactNode, useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { SubmitButton } from "@/components/form/submit-button";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { Field, type FieldAria } from "@/components/ui/field";
import type { Result } from "@/lib/kit/result";

interface SettingFormProps {
  id: string;
  label: string;
  help: ReactNode;
  optional?: boolean;
  /** What is saved. */
  value: string;
  save: (value: string) => Promise<Result<unknown>>;
  children: (
    aria: FieldAria & { name: string; value: string },
    onChange: (value: string) => void,
  ) => ReactNode;
}

/** One setting with a Save of its own. */
export function SettingForm({ id, label, help, optional, value, ...rest }: SettingFormProps) {
  const [typed, setTyped] = useState(value);
  const [saved, setSaved] = useState(false);
  const { run, pending, failure, clear } = useAction(rest.save);
  const dirty = typed.trim() !== value;
  const issue = Object.values(failure?.fields ?? {})[0]?.[0];
  function change(next: string) {
    setTyped(next);
    setSaved(false);
    clear();
  }
  return (
    <form
      method="post"
      noValidate
      className="max-w-md space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void run(typed, () => setSaved(true));
      }}
    >
      <UnsavedChanges dirty={dirty} />
      {!issue && <FailureBanner failure={failure} />}
      <Field id={id} label={label} help={help} optional={optional} error={issue}>
        {(aria) => rest.children({ ...aria, name: id, value: typed }, change)}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pending={pending}>
          Save<span className="sr-only"> {label}</span>
        </SubmitButton>
        <span role="status" className="text-muted">
          {dirty ? "Unsaved changes" : saved && "Saved"}
        </span>
      </div>
    </form>
  );
}
