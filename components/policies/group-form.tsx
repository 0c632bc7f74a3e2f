"use client";
import { useState } from "react";
import { Controller } from "react-hook-form";
import type * as z from "zod";
import { SaveBar } from "@/components/form/save-bar";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { UntilAwake, useAwake } from "@/components/form/until-awake";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Result } from "@/lib/kit/result";
import { type RuleGroup, ruleGroupInputSchema } from "@/lib/policies/schema";
import { BuilderContext, type LoadHints, type RuleLibrary } from "./builder-context";
import { GuardRailNotes } from "./guard-rail-notes";
import { LiveSentence } from "./live-sentence";
import { GROUPS, groupPath } from "./policy-words";
import { emptyRow, type RowSets, rowSetsOf } from "./rule-rows";
import { RulesBuilder } from "./rules-builder";
import { groupWords, sentenceOf } from "./sentence-of";
import { useGoOn } from "./use-policy-form";
import { useRulesForm } from "./use-rules-form";

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
  const { builder, form, issues, dirty, pending, saved, wasSaved } = state;
  const { readOnly } = props;
  const awake = useAwake();
  return (
    <BuilderContext value={builder}>
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void state.submit();
        }}
      >
        {issues.length > 0 && (
          <div className="mb-5">
            <ErrorSummary issues={issues} />
          </div>
        )}
        <UntilAwake awake={awake}>
          <Card title="Basic information">
            <div className="max-w-xl">
              <Controller
                control={form.control}
                name="name"
                render={({ field, fieldState }) => (
                  <Field id="name" label="Access group name" error={fieldState.error?.message}>
                    {(aria) => (
                      <Input
                        {...aria}
                        {...field}
                        placeholder="Engineers"
                        autoComplete="off"
                        disabled={readOnly}
                      />
                    )}
                  </Field>
                )}
              />
            </div>
          </Card>
          <Card
            title="Rules"
            description="A policy that names this group takes all of them as one rule."
          >
            <RulesBuilder />
            <LiveSentence>{groupWords(sentenceOf(builder))}</LiveSentence>
            <GuardRailNotes conversion={null} />
          </Card>
        </UntilAwake>
        {!readOnly && (
          <SaveBar
            dirty={dirty}
            pending={pending}
            onDiscard={saved ? state.discard : undefined}
            status={wasSaved && "Saved"}
          >
            {!saved && (
              <LinkButton href={GROUPS} variant="ghost">
                Cancel
              </LinkButton>
            )}
          </SaveBar>
        )}
        <UnsavedChanges dirty={dirty && !readOnly} />
      </form>
    </BuilderContext>
  );
}
