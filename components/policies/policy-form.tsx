"use client";
import dynamic from "next/dynamic";
import type { TesterActions, TesterData } from "@/components/policy-tester/subject";
import { Card } from "@/components/ui/card";
import { ActionChoice } from "./action-choice";
import { BuilderContext } from "./builder-context";
import { GuardRailNotes } from "./guard-rail-notes";
import { NameField } from "./name-field";
import { POLICIES } from "./policy-words";
import { RulesFrame } from "./rules-frame";
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
        <NameField
          control={form.control}
          name="name"
          label="Policy name"
          placeholder="People of example.com"
          disabled={readOnly}
        />
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
  const { builder, saved } = state;
  const { readOnly } = props;
  return (
    <BuilderContext value={builder}>
      <RulesFrame
        state={state}
        readOnly={readOnly}
        list={POLICIES}
        basics={<Basics state={state} readOnly={readOnly} />}
        description="Who or what the policy applies to."
        sentence={sentenceOf(builder)}
        notes={
          <GuardRailNotes
            conversion={readOnly ? null : { add: props.addGroup, onAdded: state.addGroup }}
            more={props.shadows}
          />
        }
      />
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
