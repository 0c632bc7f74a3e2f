"use client";
import { useId, useState } from "react";
import { useWatch } from "react-hook-form";
import { FailureBanner } from "@/components/admins/failure-banner";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Result } from "@/lib/kit/result";
import { callbackUrlFor, dependsOnTeamName, teamDomainFor } from "@/lib/team/domain";
import { renameTeamSchema } from "@/lib/team/schema";
import { RenameConsequence } from "./rename-consequence";

export interface RenameTeamProps {
  teamName: string;
  consoleUrl: string;
  /** AUTH_DOMAIN; may hold `{team}`. */
  authDomain: string;
  loginMethods: { id: string; name: string }[];
  rename: (input: { name: string }) => Promise<Result<unknown>>;
  onClose: () => void;
}

interface TypedProps {
  id: string;
  text: string;
  value: string;
  onChange: (value: string) => void;
}

function TypedConfirmation({ id, text, value, onChange }: TypedProps) {
  const label = (
    <>
      Type <strong className="font-mono">{text}</strong> to confirm
    </>
  );
  return (
    <Field id={id} label={label}>
      {(aria) => (
        <Input
          {...aria}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
    </Field>
  );
}

export function RenameTeamDialog(props: RenameTeamProps) {
  const { teamName, consoleUrl, authDomain, loginMethods, rename, onClose } = props;
  const formId = useId();
  const { form, submit, failure } = useActionForm({
    schema: renameTeamSchema,
    action: rename,
    defaultValues: { name: teamName },
    onSuccess: onClose,
  });
  const [typed, setTyped] = useState("");
  const name = useWatch({ control: form.control, name: "name" }).trim();
  const { errors, isSubmitting } = form.formState;
  const moves = dependsOnTeamName(authDomain);
  const valid = renameTeamSchema.safeParse({ name }).success;
  const callbackUrl = callbackUrlFor(
    teamDomainFor(consoleUrl, authDomain, valid ? name : teamName),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Edit team name"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton
            form={formId}
            variant={moves ? "danger" : "primary"}
            pending={isSubmitting}
            disabled={name === teamName || (moves && typed.trim() !== teamName)}
          >
            Save
          </SubmitButton>
        </>
      }
    >
      <form id={formId} method="post" noValidate onSubmit={submit} className="space-y-4">
        <FailureBanner failure={failure?.fields ? null : failure} />
        <Field
          id="name"
          label="Team name"
          error={errors.name?.message}
          help="3 to 63 lowercase letters, numbers or hyphens."
        >
          {(aria) => (
            <Input
              {...aria}
              {...form.register("name")}
              data-autofocus=""
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <RenameConsequence
          moves={moves}
          changed={valid && name !== teamName}
          callbackUrl={callbackUrl}
          loginMethods={loginMethods}
        />
        {moves && (
          <TypedConfirmation
            id={`${formId}-typed`}
            text={teamName}
            value={typed}
            onChange={setTyped}
          />
        )}
      </form>
    </Dialog>
  );
}
