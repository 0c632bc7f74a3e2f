"use client";
import { createContext, useContext } from "react";
import type { Suggestion } from "@/components/ui/tag-values";
import type { Config, Connector } from "@/lib/connectors/definition";
import type { LoginMethod, LoginMethodInput, StoredSecret } from "@/lib/login-methods/schema";
import type { FixedField } from "@/lib/test-runs/start-schema";
import type { Discovery, LoginMethodForm } from "./use-discovery";

/** Claims of the last test, for the editor of custom claims. */
export interface ClaimHints {
  /** Names that came back; null before the first test. */
  seen: readonly string[] | null;
  suggestions: readonly Suggestion[];
}

/** Messages by field. */
export interface FormErrors {
  config: Record<string, string | undefined>;
  scim: boolean;
}

/** What every part of the form works on. */
export interface FormParts {
  connector: Connector;
  form: LoginMethodForm;
  /** Taken at each rendering: the form's own objects change in place, which the compiler cannot see. */
  values: Config;
  scim: NonNullable<LoginMethodInput["scim"]>;
  errors: FormErrors;
  discovery: Discovery;
  /** As it is stored; null while it is being added. */
  saved: LoginMethod | null;
  /** What a check or a test of the form is about; `from` is the draft that it was opened from. */
  subject: { loginMethodId: string; baseVersion: number; from: string | null };
  secrets: Record<string, StoredSecret>;
  claims: ClaimHints;
  /** Private hosts that this installation may call. */
  allowedHosts: readonly string[];
  readOnly: boolean;
  /** Fields that a fix has just changed. */
  fixed: readonly FixedField[];
}

export const FormPartsContext = createContext<FormParts | null>(null);

export function useParts(): FormParts {
  const parts = useContext(FormPartsContext);
  if (!parts) throw new Error("a part of the form stands outside it");
  return parts;
}
