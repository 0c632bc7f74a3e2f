"use client";
import { useEffect, useState } from "react";
import { useWatch } from "react-hook-form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Card } from "@/components/ui/card";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { acceptInvitationSchema, type InvitationKey } from "@/lib/admins/schema";
import type { Result } from "@/lib/kit/result";
import { FailureBanner } from "./failure-banner";
import { PasswordField } from "./password-field";
import { useAction } from "./use-action";

interface Invitation {
  email: string;
  role: string;
}

interface AcceptProps {
  id: string;
  teamName: string;
  read: (key: InvitationKey) => Promise<Result<Invitation>>;
  accept: (
    input: InvitationKey & { name: string; email: string; password: string },
  ) => Promise<Result<unknown>>;
}

interface FormProps extends Pick<AcceptProps, "accept"> {
  invitation: Invitation & InvitationKey;
}

function AcceptForm({ invitation: { id, secret, email }, accept }: FormProps) {
  const accepting = useAction(accept);
  const { form, submit, issues } = useActionForm({
    schema: acceptInvitationSchema,
    action: async (data) => ({ ok: true as const, data }),
    defaultValues: { id, secret, email, name: "", password: "" },
    onSuccess: (input) => void accepting.run(input),
  });
  const { errors } = form.formState;
  const password = useWatch({ control: form.control, name: "password" });
  return (
    <form method="post" noValidate onSubmit={submit} className="space-y-4">
      <ErrorSummary issues={issues} />
      <FailureBanner failure={accepting.failure} />
      <Field
        id="email"
        label="Email"
        help="You sign in with it. Only a new invitation can change it."
      >
        {(aria) => <Input {...aria} type="email" value={email} readOnly autoComplete="username" />}
      </Field>
      <Field
        id="name"
        label="Name"
        error={errors.name?.message}
        help="Stands beside each change in the Admin log."
      >
        {(aria) => (
          <Input
            {...aria}
            {...form.register("name")}
            autoComplete="name"
            placeholder="Ada Lovelace"
          />
        )}
      </Field>
      <PasswordField
        label="Password"
        error={errors.password?.message}
        value={password}
        email={email}
        input={form.register("password")}
      />
      <SubmitButton pending={accepting.pending}>Join</SubmitButton>
    </form>
  );
}

/** Reads the secret behind the #, asks whom it is for, then lets them choose a name and a password. */
export function AcceptInvitation({ id, teamName, read, accept }: AcceptProps) {
  const [invitation, setInvitation] = useState<(Invitation & InvitationKey) | null>(null);
  const reading = useAction(read);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the link is read once
  useEffect(() => {
    const key = { id, secret: location.hash.slice(1) };
    void reading.run(key, (found) => setInvitation({ ...key, ...found }));
  }, [id]);

  const { failure } = reading;
  return (
    <>
      <h1 className="mb-6 font-semibold text-2xl leading-8 tracking-tight">
        Join the admins of {teamName}
      </h1>
      {failure && (
        <FailureBanner
          failure={
            failure.code === "invalid_input"
              ? {
                  ...failure,
                  message: "This invitation link is not complete.",
                  fix: "Copy the whole link, up to its last character, or ask an owner for a new one.",
                  fields: {},
                }
              : failure
          }
        />
      )}
      {!failure && !invitation && (
        <div role="status">
          <span className="sr-only">Reading the invitation…</span>
          <Skeleton className="h-72" />
        </div>
      )}
      {invitation && (
        <Card title={`You are invited as ${invitation.role}`}>
          <AcceptForm invitation={invitation} accept={accept} />
        </Card>
      )}
    </>
  );
}
