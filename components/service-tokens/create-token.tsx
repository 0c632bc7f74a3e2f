"use client";
import { useRouter } from "next/navigation";
import { useEffect, useId, useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { type ServiceTokenSecret, serviceTokenInputSchema } from "@/lib/service-tokens/schema";
import { SecretDialog } from "./secret-dialog";
import { DURATION_LABELS, type TokenActions } from "./words";

interface CreateDialogProps {
  create: TokenActions["create"];
  onClose: () => void;
  onMade: (name: string, secret: ServiceTokenSecret) => void;
}

function CreateDialog({ create, onClose, onMade }: CreateDialogProps) {
  const formId = useId();
  const { form, submit, failure } = useActionForm({
    schema: serviceTokenInputSchema,
    action: create,
    defaultValues: { name: "", duration: "8760h" as const },
    onSuccess: (secret) => onMade(form.getValues("name").trim(), secret),
  });
  const { errors, isSubmitting } = form.formState;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Create a service token"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton form={formId} pending={isSubmitting}>
            Create
          </SubmitButton>
        </>
      }
    >
      <form id={formId} method="post" noValidate onSubmit={submit} className="space-y-4">
        <FailureBanner failure={failure?.fields ? null : failure} />
        <Field
          id="name"
          label="Service token name"
          error={errors.name?.message}
          help="The program that uses it, such as Nightly backup."
        >
          {(aria) => (
            <Input
              {...aria}
              {...form.register("name")}
              data-autofocus=""
              autoComplete="off"
              placeholder="Nightly backup"
            />
          )}
        </Field>
        <Field
          id="duration"
          label="Service token duration"
          error={errors.duration?.message}
          help="You can extend it later. A policy of the action Service Auth decides where it opens."
        >
          {(aria) => (
            <Select {...aria} {...form.register("duration")}>
              {Object.entries(DURATION_LABELS).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </form>
    </Dialog>
  );
}

interface CreateTokenProps {
  create: TokenActions["create"];
  /** Begins with the dialog open, for a link that asks for it. */
  begin: boolean;
}

/** The button that makes a service token, and what it leads to. */
export function CreateToken({ create, begin }: CreateTokenProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<{ name: string; secret: ServiceTokenSecret } | null>(null);
  useEffect(() => setOpen(begin), [begin]);
  function close() {
    setOpen(false);
    // What the address asked for is done.
    if (begin) router.replace("/access/service-auth");
  }
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Create service token
      </Button>
      {open && (
        <CreateDialog
          create={create}
          onClose={close}
          onMade={(name, secret) => {
            setMade({ name, secret });
            close();
          }}
        />
      )}
      {made && <SecretDialog {...made} onClose={() => setMade(null)} />}
    </>
  );
}
