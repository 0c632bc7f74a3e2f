"use client";
import { useState } from "react";
import type { DefaultValues, FieldPath, FieldPathValue, FieldValues } from "react-hook-form";
import type * as z from "zod";
import { browserIssues } from "@/components/form/form-issues";
import { useActionForm } from "@/components/form/use-action-form";
import type { FormIssue } from "@/components/ui/error-summary";
import type { Result } from "@/lib/kit/result";
import type { Decision } from "@/lib/policies/schema";
import type { Builder, Choice, LoadHints, RuleLibrary } from "./builder-context";
import type { RowPart } from "./compile-rows";
import { formSchema, inputOf, onRows } from "./form-schema";
import type { RowSets, RuleRow, RuleSet } from "./rule-rows";
import { rememberHints } from "./use-hints";

interface Options<V extends RowSets & FieldValues, O extends FieldValues, T> {
  schema: z.ZodType<O>;
  library: RuleLibrary;
  loadHints: LoadHints;
  defaultValues: V;
  readOnly: boolean;
  /** Null for an access group. */
  decisionOf: (values: V) => Decision | null;
  save: (input: ReturnType<typeof inputOf<V>>) => Promise<Result<T>>;
  onSaved: (saved: T) => void;
}

const ROW = /^#(include|require|exclude)\.(\d+)\./;

/** Many rows have the same labels, so an issue of one names the row. */
const named = (issue: FormIssue): FormIssue => {
  const [, set = "", row] = ROW.exec(issue.href ?? "") ?? [];
  const title = `${set.charAt(0).toUpperCase()}${set.slice(1)}`;
  return row === undefined ? issue : { ...issue, label: `${title} rule ${Number(row) + 1}` };
};

/** Nobody is told what is missing where they have not typed yet. */
function isFilled(rows: RowSets, path: string): boolean {
  const [set, index, part] = path.split(".");
  const row = rows[set as RuleSet]?.[Number(index)];
  return (row?.[part as RowPart]?.length ?? 0) > 0;
}

const messages = (issues: readonly FormIssue[]): Record<string, string> =>
  Object.fromEntries(issues.map(({ href = "", message }) => [href.slice(1), message]));

/** The access groups that were there, and those made from here. */
function useGroups(known: readonly Choice[]) {
  const [made, setMade] = useState<Choice[]>([]);
  const fresh = made.filter(({ id }) => !known.some((group) => group.id === id));
  return {
    groups: [...known, ...fresh],
    addGroup: (group: Choice) => setMade((before) => [...before, group]),
  };
}

/** The state of a form with the three lists of rules: a policy's or an access group's. */
export function useRulesForm<V extends RowSets & FieldValues, O extends FieldValues, T>(
  options: Options<V, O, T>,
) {
  // The form is one object whose state changes: the compiler's memo would show what it was.
  "use no memo";
  const { library, readOnly, save } = options;
  const { methods } = library;
  const [hints] = useState(() => rememberHints(options.loadHints));
  const { groups, addGroup } = useGroups(library.groups);
  const { form, submit, issues } = useActionForm<V, O, T>({
    schema: formSchema<V, O>(options.schema, methods),
    action: async (values) => {
      const result = await save(inputOf(values, methods));
      return result.ok ? result : onRows(result, values, methods);
    },
    defaultValues: options.defaultValues as DefaultValues<V>,
    onSuccess: options.onSaved,
  });
  const values = { ...form.watch() } as V;
  const errors = messages(browserIssues(form.formState.errors));
  const check = (path: string) => void form.trigger(path as FieldPath<V>);

  function set<P extends FieldPath<V>>(name: P, value: FieldPathValue<V, P>) {
    form.setValue(name, value, { shouldDirty: true });
    const wrong = Object.keys(errors).filter(
      (path) => path === name || path.startsWith(`${name}.`),
    );
    if (form.formState.isSubmitted || wrong.length > 0) check(name);
  }
  const builder: Builder = {
    ...library,
    groups,
    rows: {
      include: [...values.include],
      require: [...values.require],
      exclude: [...values.exclude],
    },
    decision: options.decisionOf(values),
    errors,
    readOnly,
    setRows: (name: RuleSet, rows: RuleRow[]) =>
      set(name as FieldPath<V>, rows as FieldPathValue<V, FieldPath<V>>),
    check: (path) => {
      if (errors[path] || isFilled(values, path)) check(path);
    },
    hints,
  };
  return {
    ...{ form, submit, values, errors, builder, set, check, addGroup },
    issues: issues.map(named),
    dirty: form.formState.isDirty,
    pending: form.formState.isSubmitting,
    /** Whether the rules could be saved as they stand. */
    rulesOf: () => inputOf(form.getValues(), methods),
  };
}
