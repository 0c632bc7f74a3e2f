"use client";
import { useActionState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SecretInput } from "@/components/ui/secret-input";
import type { Failure } from "@/lib/kit/result";

export interface SignInState {
  email: string;
  failure: Failure | null;
}

interface SignInFormProps {
  action: (before: SignInState, form: FormData) => Promise<SignInState>;
  callbackUrl: string;
  email: string;
}

/** Works without JavaScript too. The password is never sent back. */
export function SignInForm({ action, callbackUrl, email }: SignInFormProps) {
  const [state, submit, pending] = useActionState(action, { email, failure: null });
  const errorOf = (name: string) => state.failure?.fields?.[name]?.[0];
  return (
    <form action={submit} className="space-y-4">
      {state.failure && !state.failure.fields && <FailureBanner failure={state.failure} />}
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <Field id="email" label="Email" error={errorOf("email")}>
        {(aria) => (
          <Input
            {...aria}
            key={state.email}
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={state.email}
            required
          />
        )}
      </Field>
      <Field id="password" label="Password" error={errorOf("password")}>
        {(aria) => (
          <SecretInput {...aria} name="password" autoComplete="current-password" required />
        )}
      </Field>
      <Button type="submit" variant="primary" pending={pending} className="w-full">
        Sign in
      </Button>
    </form>
  );
}
