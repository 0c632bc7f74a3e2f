"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { type DefaultValues, type FieldPath, type FieldValues, useForm } from "react-hook-form";
import type * as z from "zod";
import type { FormIssue } from "@/components/ui/error-summary";
import type { Failure, Result } from "@/lib/kit/result";
import { formIssues } from "./form-issues";

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
  fix: "Check the connection to Gatehouse, then save again.",
};

/**
 * One schema for the browser and the server action. Server issues land on their fields and the first
 * one takes focus; what belongs to no field is `failure`. `issues` feeds an `ErrorSummary`, whose
 * links expect each control's id to be its field's dotted path.
 */
export function useActionForm<I extends FieldValues, O extends FieldValues, T>(
  options: Options<I, O, T>,
) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useForm<I, unknown, O>({
    resolver: zodResolver(options.schema),
    defaultValues: options.defaultValues,
    mode: "onTouched",
  });

  function show(failed: Failure) {
    setFailure(failed);
    const entries = Object.entries(failed.fields ?? {}).filter(([, messages]) => messages?.length);
    for (const [index, [name, messages]] of entries.entries()) {
      form.setError(
        name as FieldPath<I>,
        { type: "server", message: messages?.[0] },
        { shouldFocus: index === 0 },
      );
    }
  }

  const submit = form.handleSubmit(
    async () => {
      setFailure(null);
      // The action is given the input, not the parsed output: it parses again by the same schema.
      const input = form.getValues();
      const result = await options.action(input).catch(() => LOST);
      if (!result.ok) return show(result);
      form.reset(input, { keepValues: true });
      options.onSuccess?.(result.data);
    },
    () => setFailure(null),
  );

  const issues: FormIssue[] = formIssues(form.formState.errors, failure);
  return { form, submit, failure, issues };
}
