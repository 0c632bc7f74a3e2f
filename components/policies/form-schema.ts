import * as z from "zod";
import type { Failure } from "@/lib/kit/result";
import { compileRows, rowIssue } from "./compile-rows";
import type { MethodChoice, RowSets } from "./rule-rows";

/** The form's own values as the input of a server action. */
export function inputOf<V extends RowSets>(values: V, methods: readonly MethodChoice[]) {
  return { ...values, ...compileRows(values, methods).rules };
}

/** The server's schema for a form that keeps rules as rows: its issues land on the rows. */
export function formSchema<V extends RowSets, O>(
  schema: z.ZodType<O>,
  methods: readonly MethodChoice[],
): z.ZodType<O, V> {
  return z
    .custom<V>(() => true)
    .transform((values, context): O => {
      const compiled = compileRows(values, methods);
      const parsed = schema.safeParse({ ...values, ...compiled.rules });
      if (parsed.success) return parsed.data;
      for (const { path, message } of parsed.error.issues) {
        const issue = rowIssue(values, compiled, path, message) ?? { path, message };
        context.addIssue({ code: "custom", path: [...issue.path], message: issue.message });
      }
      return z.NEVER;
    });
}

/** What the server said of rules, as the rows of the form name their fields. */
export function onRows<F extends Failure, V extends RowSets>(
  failure: F,
  values: V,
  methods: readonly MethodChoice[],
): F {
  if (!failure.fields) return failure;
  const compiled = compileRows(values, methods);
  const fields: Record<string, string[]> = {};
  for (const [name, messages = []] of Object.entries(failure.fields)) {
    for (const message of messages) {
      const issue = rowIssue(values, compiled, name.split("."), message);
      const path = issue?.path.join(".") ?? name;
      fields[path] = [...(fields[path] ?? []), issue?.message ?? message];
    }
  }
  return { ...failure, fields };
}
