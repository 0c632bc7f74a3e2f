"use client";
import dynamic from "next/dynamic";
import { type ComponentProps, type ReactNode, useEffect, useState } from "react";
import { SaveBar } from "@/components/form/save-bar";
import { keepFocus } from "@/components/form/submit-button";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { UntilAwake, useAwake } from "@/components/form/until-awake";
import { ShareTestLink } from "@/components/test-links/share-test-link";
import { LiveRun } from "@/components/test-runs/test-link";
import { Banner } from "@/components/ui/banner";
import { Button, LinkButton } from "@/components/ui/button";
import { ErrorSummary, type FormIssue } from "@/components/ui/error-summary";
import type { Connector } from "@/lib/connectors/definition";
import { LIST, type LoginMethodFormProps } from "./form-props";
import { Sections } from "./form-sections";
import { FormPartsContext } from "./parts";
import { draftWords, SavedStatus } from "./save-status";
import type { DraftTest } from "./use-draft-test";
import { useLoginMethodForm } from "./use-login-method-form";

/** As the fields stand on the page: rules over several fields report last. */
function inOrder(issues: readonly FormIssue[], { fields }: Connector): FormIssue[] {
  const places = ["#name", ...fields.map(({ name }) => `#config.${name}`)];
  const place = ({ href }: FormIssue) => (href ? places.indexOf(href) : -1);
  return issues.toSorted((a, b) => place(a) - place(b));
}

/** Puts the focus on the field that a link asked for, once its section is open. */
function useFocus(field: string | null, awake: boolean) {
  useEffect(() => {
    if (!field || !awake) return;
    const element = document.getElementById(`config.${field}`) ?? document.getElementById(field);
    element?.scrollIntoView({ block: "center" });
    element?.focus({ preventScroll: true });
  }, [field, awake]);
}

/** Few forms begin with something unsaved. */
const StartBanner = dynamic(() => import("./start-banner").then((module) => module.StartBanner));

/** Seen once in the life of a login method. */
const ScimSecretDialog = dynamic(
  () => import("@/components/scim/scim-secret-dialog").then((module) => module.ScimSecretDialog),
  { ssr: false },
);

const above = (content: ReactNode) => content && <div className="mb-5">{content}</div>;

function Followed({ test }: { test: DraftTest }) {
  if (!test.runId) return null;
  return (
    <LiveRun
      key={test.runId}
      runId={test.runId}
      name={test.name}
      onDismiss={test.dismiss}
      onEnded={test.ended}
    />
  );
}

const NewSecret = ({ shown }: { shown: ComponentProps<typeof ScimSecretDialog> | null }) =>
  shown && <ScimSecretDialog {...shown} />;

/** Adds or changes a login method of any type: everything it shows comes from the connector. */
export function LoginMethodForm(props: LoginMethodFormProps) {
  const form = useLoginMethodForm(props);
  const { parts, issues, dirty, pending, wasSaved, begun, test } = form;
  // Of the first rendering: after a save, what the address asked for no longer fits.
  const [problem] = useState(props.startProblem);
  const awake = useAwake();
  useFocus(props.focus, awake);
  const { saved, connector } = parts;
  const tested = saved && <SavedStatus run={props.tested} fingerprint={saved.fingerprint} />;
  return (
    <FormPartsContext value={parts}>
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void form.save(false);
        }}
      >
        {above(issues.length > 0 && <ErrorSummary issues={inOrder(issues, connector)} />)}
        {above(
          problem && !wasSaved && (
            <Banner tone="warning" title={problem.title}>
              {problem.text}
            </Banner>
          ),
        )}
        {above(begun && <StartBanner connector={connector} start={begun} onUndo={form.undoFix} />)}
        <UntilAwake awake={awake}>
          <Sections
            key={saved?.version ?? 0}
            parts={parts}
            place={props.place}
            focus={props.focus}
            coming={begun?.values.config ?? null}
            scimPanel={props.scimPanel}
          />
        </UntilAwake>
        {!props.readOnly && (
          <SaveBar
            dirty={dirty}
            pending={pending}
            onDiscard={saved ? form.discard : undefined}
            status={wasSaved ? <>Saved · {tested}</> : tested}
            note={draftWords(test.state)}
            aside={
              (dirty || !saved) && (
                <ShareTestLink
                  loginMethodId={test.id}
                  name={test.name}
                  settings={test.settings}
                  label="Share as test link"
                  variant="ghost"
                />
              )
            }
          >
            {(dirty || !saved) && (
              <Button disabled={pending} onMouseDown={keepFocus} onClick={test.begin}>
                Test these unsaved settings
              </Button>
            )}
            <Button disabled={pending} onMouseDown={keepFocus} onClick={() => void form.save(true)}>
              Save and test
            </Button>
            {!saved && (
              <LinkButton href={LIST} variant="ghost">
                Cancel
              </LinkButton>
            )}
          </SaveBar>
        )}
        <UnsavedChanges dirty={dirty && !props.readOnly && !test.leaving} />
      </form>
      <Followed test={test} />
      <NewSecret shown={form.scimSecret} />
    </FormPartsContext>
  );
}
