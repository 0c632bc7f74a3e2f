"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { type DefaultValues, type FieldPath, type FieldValues, useForm } from "react-hook-form";
import type * as z from "zod";
import type { FormIssue } from "@/components/ui/error-summary";
import type { Failure, Result } from "@/lib/kit/result";
import { browserIssues, labelled, serverIssues } from "./form-issues";

interface Options<I extends FieldValues, O extends FieldValues, T> {
  schema: z.ZodType<O, I>;
  action: (input: I) => Promise<Result<T>>;
  defaultValues: DefaultValues<I>;
  onSuccess?: (data: T) => void;
}

const LOST: Failure = {
  ok: false,
  code: "unavailable",
  message: "Gatehouse did not answer. What you entered is still here.",
  fix: "Check the connection to Gatehouse, then try again.",
};

/** After a failed attempt: to the summary where the page has one, else to the first wrong field. */
function focusProblem(issues: readonly FormIssue[]): void {
  const field = issues.find(({ href }) => href)?.href?.slice(1);
  const target =
    document.querySelector<HTMLElement>("[data-error-summary]") ??
    (field ? document.getElementById(field) : null);
  target?.focus();
}

/**
 * One schema for the browser and the server action. Server issues land on their fields; `failure` is
 * the whole of what the server said. `issues` feeds an `ErrorSummary`: the issues of the last attempt
 * that are still open, whose links expect each control's id to be its field's dotted path.
 */
export function useActionForm<I extends FieldValues, O extends FieldValues, T>(
  options: Options<I, O, T>,
) {
  // `form` is one object for good, whose state changes: the compiler's memo would show old issues.
  "use no memo";
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState<FormIssue[]>([]);
  const form = useForm<I, unknown, O>({
    resolver: zodResolver(options.schema),
    defaultValues: options.defaultValues,
    mode: "onTouched",
    shouldFocusError: false,
  });
  useEffect(() => focusProblem(attempt), [attempt]);

  function conclude(failed: Failure | null, issues: FormIssue[]) {
    setFailure(failed);
    setAttempt(labelled(issues));
  }

  /** Shows what the server said of an attempt; `type` tells its issues from those of a save. */
  function refuse(failed: Failure, type = "server") {
    conclude(failed, serverIssues(failed));
    for (const [name, messages] of Object.entries(failed.fields ?? {})) {
      if (messages?.[0]) {
        form.setError(name as FieldPath<I>, { type, message: messages[0] });
      }
    }
  }

  const submit = form.handleSubmit(
    async () => {
      conclude(null, []);
      // The action is given the input, not the parsed output: it parses again by the same schema.
      const input = form.getValues();
      const result = await options.action(input).catch(() => LOST);
      if (!result.ok) return refuse(result);
      form.reset(input, { keepValues: true });
      options.onSuccess?.(result.data);
    },
    (errors) => conclude(null, browserIssues(errors)),
  );

  const isOpen = ({ href }: FormIssue) =>
    !href || form.getFieldState(href.slice(1) as FieldPath<I>, form.formState).invalid;
  return { form, submit, refuse, failure, issues: attempt.filter(isOpen) };
}
