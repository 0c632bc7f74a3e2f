"use client";
import dynamic from "next/dynamic";
import { Controller } from "react-hook-form";
import { SaveBar } from "@/components/form/save-bar";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { UntilAwake, useAwake } from "@/components/form/until-awake";
import type { TesterActions, TesterData } from "@/components/policy-tester/subject";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ActionChoice } from "./action-choice";
import { BuilderContext } from "./builder-context";
import { GuardRailNotes } from "./guard-rail-notes";
import { LiveSentence } from "./live-sentence";
import { POLICIES } from "./policy-words";
import { RulesBuilder } from "./rules-builder";
import { sentenceOf } from "./sentence-of";
import { SessionDuration } from "./session-duration";
import { type PolicyFormProps, usePolicyForm } from "./use-policy-form";

/** Most who open a policy do not test it. */
const PolicyTester = dynamic(
  () => import("@/components/policy-tester/policy-tester").then((module) => module.PolicyTester),
  { ssr: false },
);

interface Props extends PolicyFormProps {
  tester: { actions: TesterActions; data: TesterData };
}

type PolicyFormState = ReturnType<typeof usePolicyForm>;

function Basics({ state, readOnly }: { state: PolicyFormState; readOnly: boolean }) {
  const { form, values, errors, set, check } = state;
  return (
    <Card title="Basic information">
      <div className="grid gap-5">
        <div className="max-w-xl">
          <Controller
            control={form.control}
            name="name"
            render={({ field, fieldState }) => (
              <Field id="name" label="Policy name" error={fieldState.error?.message}>
                {(aria) => (
                  <Input
                    {...aria}
                    {...field}
                    placeholder="People of example.com"
                    autoComplete="off"
                    disabled={readOnly}
                  />
                )}
              </Field>
            )}
          />
        </div>
        <ActionChoice
          value={values.decision}
          onChange={(decision) => set("decision", decision)}
          disabled={readOnly}
        />
        <SessionDuration
          id="session_duration"
          value={values.session_duration}
          onChange={(duration) => set("session_duration", duration)}
          onBlur={() => check("session_duration")}
          inherited="Same as application session"
          error={errors.session_duration}
          disabled={readOnly}
        />
      </div>
    </Card>
  );
}

/** Adds or changes a policy. */
export function PolicyForm(props: Props) {
  const state = usePolicyForm(props);
  const { builder, issues, dirty, pending, saved, wasSaved } = state;
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
          <Basics state={state} readOnly={readOnly} />
          <Card title="Rules" description="Who or what the policy applies to.">
            <RulesBuilder />
            <LiveSentence>{sentenceOf(builder)}</LiveSentence>
            <GuardRailNotes
              conversion={readOnly ? null : { add: props.addGroup, onAdded: state.addGroup }}
              more={props.shadows}
            />
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
              <LinkButton href={POLICIES} variant="ghost">
                Cancel
              </LinkButton>
            )}
          </SaveBar>
        )}
        <UnsavedChanges dirty={dirty && !readOnly} />
      </form>
      <div className="mt-6">
        <PolicyTester
          type="policy"
          {...props.tester.data}
          actions={props.tester.actions}
          subject={() => ({ type: "policy", id: saved?.id ?? null, values: state.rulesOf() })}
        />
      </div>
    </BuilderContext>
  );
}
