"use client";
import type { ReactNode } from "react";
import { SaveBar } from "@/components/form/save-bar";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { UntilAwake, useAwake } from "@/components/form/until-awake";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorSummary, type FormIssue } from "@/components/ui/error-summary";
import { LiveSentence } from "./live-sentence";
import { RulesBuilder } from "./rules-builder";

interface RulesFrameProps {
  state: {
    submit: () => Promise<void>;
    issues: readonly FormIssue[];
    dirty: boolean;
    pending: boolean;
    wasSaved: boolean;
    /** Null while it is being added. */
    saved: object | null;
    discard: () => void;
  };
  readOnly: boolean;
  /** Where Cancel leads while it is being added. */
  list: string;
  /** What stands above the rules. */
  basics: ReactNode;
  /** Says what the rules are about. */
  description: string;
  /** The rules in plain words. */
  sentence: string;
  /** What is worth a second look. */
  notes: ReactNode;
}

/** The form of a policy or of an access group, around what each has of its own. */
export function RulesFrame(props: RulesFrameProps) {
  const { state, readOnly, list, basics, description, sentence, notes } = props;
  const { issues, dirty, pending, saved, wasSaved, discard } = state;
  const awake = useAwake();
  return (
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
          <ErrorSummary issues={[...issues]} />
        </div>
      )}
      <UntilAwake awake={awake}>
        {basics}
        <Card title="Rules" description={description}>
          <RulesBuilder />
          <LiveSentence>{sentence}</LiveSentence>
          {notes}
        </Card>
      </UntilAwake>
      {!readOnly && (
        <SaveBar
          dirty={dirty}
          pending={pending}
          onDiscard={saved ? discard : undefined}
          status={wasSaved && "Saved"}
        >
          {!saved && (
            <LinkButton href={list} variant="ghost">
              Cancel
            </LinkButton>
          )}
        </SaveBar>
      )}
      <UnsavedChanges dirty={dirty && !readOnly} />
    </form>
  );
}
