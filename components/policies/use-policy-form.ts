"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type * as z from "zod";
import type { Result } from "@/lib/kit/result";
import { type Decision, type Policy, policyInputSchema } from "@/lib/policies/schema";
import type { LoadHints, RuleLibrary } from "./builder-context";
import type { AddGroup } from "./guard-rail-notes";
import type { GuardRail } from "./guard-rails";
import { policyPath } from "./policy-words";
import { emptyRow, type RowSets, rowSetsOf } from "./rule-rows";
import { useRulesForm } from "./use-rules-form";

export type PolicyValues = RowSets & {
  name: string;
  decision: Decision;
  session_duration: string | null;
};
export type PolicyDraft = z.input<typeof policyInputSchema>;

/** What a new policy begins with. */
export type PolicyStart = Pick<
  Policy,
  "name" | "decision" | "include" | "require" | "exclude" | "sessionDuration"
>;

export interface PolicyFormProps {
  /** Null while it is being added. */
  policy: Policy | null;
  /** What a new one is made from: a copy, or a value of a test. */
  start: PolicyStart | null;
  library: RuleLibrary;
  /** What the policies before it in an application mean for it. */
  shadows: readonly GuardRail[];
  readOnly: boolean;
  justAdded: boolean;
  add: (input: PolicyDraft) => Promise<Result<Policy>>;
  change: (input: PolicyDraft & { id: string; version: number }) => Promise<Result<Policy>>;
  addGroup: AddGroup;
  loadHints: LoadHints;
}

function valuesOf(begin: PolicyStart | null, library: RuleLibrary): PolicyValues {
  if (begin) {
    const { name, decision, sessionDuration } = begin;
    return {
      name,
      decision,
      session_duration: sessionDuration,
      ...rowSetsOf(begin, library.methods),
    };
  }
  const rows: RowSets = { include: [emptyRow("first")], require: [], exclude: [] };
  return { name: "", decision: "allow", session_duration: null, ...rows };
}

/** Goes on once the form holds nothing unsaved, or its guard would ask. */
export function useGoOn(dirty: boolean) {
  const router = useRouter();
  const [next, setNext] = useState<string | null>(null);
  useEffect(() => {
    if (next && !dirty) router.push(next);
  }, [next, dirty, router]);
  return setNext;
}

/** The state of the form that a policy is added and changed with. */
export function usePolicyForm(props: PolicyFormProps) {
  // The form is one object whose state changes: the compiler's memo would show what it was.
  "use no memo";
  const { library } = props;
  const [saved, setSaved] = useState(props.policy);
  const [wasSaved, setWasSaved] = useState(props.justAdded);
  const form = useRulesForm({
    schema: policyInputSchema,
    library,
    loadHints: props.loadHints,
    defaultValues: valuesOf(saved ?? props.start, library),
    readOnly: props.readOnly,
    decisionOf: ({ decision }) => decision,
    save: (input) =>
      saved ? props.change({ ...input, id: saved.id, version: saved.version }) : props.add(input),
    onSaved: (policy: Policy) => {
      // As it was stored: trimmed, lower case, without repeats.
      form.form.reset(valuesOf(policy, library));
      setSaved(policy);
      setWasSaved(true);
      if (saved === null) goOn(`${policyPath(policy.id)}?added`);
    },
  });
  const goOn = useGoOn(form.dirty);
  return {
    ...form,
    saved,
    wasSaved,
    discard() {
      form.form.reset(valuesOf(saved, library));
      setWasSaved(false);
    },
  };
}
