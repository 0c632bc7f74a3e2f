import type { FormEventHandler, ReactNode } from "react";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { ErrorSummary, type FormIssue } from "@/components/ui/error-summary";

interface StepFormProps {
  onSubmit: FormEventHandler<HTMLFormElement>;
  issues: FormIssue[];
  pending: boolean;
  onBack?: () => void;
  children: ReactNode;
}

/** A step with fields: summary of what is wrong, the fields, and the ways on and back. */
export function StepForm(props: StepFormProps) {
  const { onSubmit, issues, pending, onBack, children } = props;
  return (
    <form method="post" noValidate onSubmit={onSubmit} className="space-y-5">
      <ErrorSummary issues={issues} />
      {children}
      <div className="flex flex-wrap justify-between gap-2 pt-1">
        {onBack ? <Button onClick={onBack}>Back</Button> : <span />}
        <SubmitButton pending={pending}>Continue</SubmitButton>
      </div>
    </form>
  );
}
