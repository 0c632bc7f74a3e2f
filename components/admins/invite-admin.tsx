"use client";
import { useId, useState } from "react";
import { Controller } from "react-hook-form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Time } from "@/components/ui/time";
import { inviteSchema } from "@/lib/admins/schema";
import type { Role } from "@/lib/kit/actor";
import type { Result } from "@/lib/kit/result";
import { FailureBanner } from "./failure-banner";
import { RoleChoice } from "./role-choice";

interface Made {
  link: string;
  expiresAt: string;
}

type Invite = (input: { email: string; role: Role }) => Promise<Result<Made>>;

function LinkDialog({ made, onClose }: { made: Made; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Send this link"
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CopyField
        label="Invitation link"
        value={made.link}
        note={
          <>
            It is shown only now, and works once: whoever opens it first becomes the admin. It ends{" "}
            <Time value={made.expiresAt} />.
          </>
        }
      />
    </Dialog>
  );
}

function InviteDialog(props: {
  invite: Invite;
  onClose: () => void;
  onMade: (made: Made) => void;
}) {
  const formId = useId();
  const { form, submit, failure } = useActionForm({
    schema: inviteSchema,
    action: props.invite,
    defaultValues: { email: "", role: "admin" },
    onSuccess: props.onMade,
  });
  const { errors, isSubmitting } = form.formState;
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="Invite an admin"
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <SubmitButton form={formId} pending={isSubmitting}>
            Make the link
          </SubmitButton>
        </>
      }
    >
      <form id={formId} method="post" noValidate onSubmit={submit} className="space-y-4">
        <FailureBanner failure={failure?.fields ? null : failure} />
        <Field
          id="email"
          label="Email"
          error={errors.email?.message}
          help="Gatehouse sends no mail. You get a one-time link to pass on yourself."
        >
          {(aria) => (
            <Input
              {...aria}
              {...form.register("email")}
              data-autofocus=""
              type="email"
              placeholder="admin@example.com"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => <RoleChoice value={field.value} onChange={field.onChange} />}
        />
      </form>
    </Dialog>
  );
}

export function InviteAdmin({ invite }: { invite: Invite }) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Invite an admin
      </Button>
      {open && (
        <InviteDialog
          invite={invite}
          onClose={() => setOpen(false)}
          onMade={(link) => {
            setOpen(false);
            setMade(link);
          }}
        />
      )}
      {made && <LinkDialog made={made} onClose={() => setMade(null)} />}
    </>
  );
}
