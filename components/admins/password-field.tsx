"use client";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { SecretInput } from "@/components/ui/secret-input";
import { passwordStrength } from "@/lib/admins/password-rules";

interface PasswordFieldProps {
  label: string;
  error?: string;
  /** What is typed so far, and the email it must not repeat. */
  value: string;
  email: string;
  input: UseFormRegisterReturn;
}

/** A new password, with words about its strength while it is typed. Pasting is welcome. */
export function PasswordField({ label, error, value, email, input }: PasswordFieldProps) {
  const strength = passwordStrength(value, email);
  return (
    <Field
      id={input.name}
      label={label}
      error={error}
      help={<span aria-live="polite">{strength !== `${error}.` && strength}</span>}
    >
      {(aria) => <SecretInput {...aria} {...input} autoComplete="new-password" maxLength={300} />}
    </Field>
  );
}
