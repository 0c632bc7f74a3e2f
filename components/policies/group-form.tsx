"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import type * as z from "zod";
import type { TesterActions, TesterData } from "@/components/policy-tester/subject";
import { Card } from "@/components/ui/card";
import type { Result } from "@/lib/kit/result";
import { type RuleGroup, ruleGroupInputSchema } from "@/lib/policies/schema";
import { BuilderContext, type LoadHints, type RuleLibrary } from "./builder-context";
import { GuardRailNotes } from "./guard-rail-notes";
import { NameField } from "./name-field";
import { GROUPS, groupPath } from "./policy-words";
import { emptyRow, type RowSets, rowSetsOf } from "./rule-rows";
import { RulesFrame } from "./rules-frame";
import { groupWords, sentenceOf } from "./sentence-of";
import { useGoOn } from "./use-policy-form";
import { useRulesForm } from "./use-rules-form";

/** Most who open an access group do not test it. */
const PolicyTester = dynamic(
  () => import("@/components/policy-tester/policy-tester").then((module) => module.PolicyTester),
  { ssr: false },
);

type GroupValues = RowSets & { name: string; is_default: boolean };
type GroupDraft = z.input<typeof ruleGroupInputSchema>;
type GroupStart = Pick<RuleGroup, "name" | "include" | "require" | "exclude">;

interface GroupFormProps {
  /** Null while it is being added. */
  group: RuleGroup | null;
  /** What a new one is made from. */
  start: GroupStart | null;
  library: RuleLibrary;
  readOnly: boolean;
  justAdded: boolean;
  add: (input: GroupDraft) => Promise<Result<RuleGroup>>;
  change: (input: GroupDraft & { id: string; version: number }) => Promise<Result<RuleGroup>>;
  loadHints: LoadHints;
  tester: { actions: TesterActions; data: TesterData };
}

function valuesOf(begin: (GroupStart & { isDefault?: boolean }) | null, library: RuleLibrary) {
  const rows: RowSets = begin
    ? rowSetsOf(begin, library.methods)
    : { include: [emptyRow("first")], require: [], exclude: [] };
  return { name: begin?.name ?? "", is_default: begin?.isDefault ?? false, ...rows };
}

function useGroupForm(props: GroupFormProps) {
  // The form is one object whose state changes: the compiler's memo would show what it was.
  "use no memo";
  const { library } = props;
  const [saved, setSaved] = useState(props.group);
  const [wasSaved, setWasSaved] = useState(props.justAdded);
  const form = useRulesForm<GroupValues, z.output<typeof ruleGroupInputSchema>, RuleGroup>({
    schema: ruleGroupInputSchema,
    library,
    loadHints: props.loadHints,
    defaultValues: valuesOf(saved ?? props.start, library),
    readOnly: props.readOnly,
    decisionOf: () => null,
    save: (input) =>
      saved ? props.change({ ...input, id: saved.id, version: saved.version }) : props.add(input),
    onSaved: (group) => {
      form.form.reset(valuesOf(group, library));
      setSaved(group);
      setWasSaved(true);
      if (saved === null) goOn(`${groupPath(group.id)}?added`);
    },
  });
  const goOn = useGoOn(form.dirty);
  const discard = () => {
    form.form.reset(valuesOf(saved, library));
    setWasSaved(false);
  };
  return { ...form, saved, wasSaved, discard };
}

/** Adds or changes an access group: rules under a name that policies refer to. */
export function GroupForm(props: GroupFormProps) {
  const state = useGroupForm(props);
  const { builder, form, saved } = state;
  const { readOnly, tester } = props;
  return (
    <BuilderContext value={builder}>
      <RulesFrame
        state={state}
        readOnly={readOnly}
        list={GROUPS}
        basics={
          <Card title="Basic information">
            <NameField
              control={form.control}
              name="name"
              label="Access group name"
              placeholder="Engineers"
              disabled={readOnly}
            />
          </Card>
        }
        description="A policy that names this group takes all of them as one rule."
        sentence={groupWords(sentenceOf(builder))}
        notes={<GuardRailNotes conversion={null} />}
      />
      <div className="mt-6">
        <PolicyTester
          type="rule_group"
          {...tester.data}
          actions={tester.actions}
          subject={() => ({ type: "rule_group", id: saved?.id ?? null, values: state.rulesOf() })}
        />
      </div>
    </BuilderContext>
  );
}
