"use client";
import { createContext, useContext } from "react";
import type { UseFormReturn } from "react-hook-form";
import type * as z from "zod";
import type { applicationInputSchema } from "@/lib/applications/schema";
import type { Decision } from "@/lib/policies/schema";

export type ApplicationValues = z.input<typeof applicationInputSchema> & {
  settings: NonNullable<z.input<typeof applicationInputSchema>["settings"]>;
  policies: string[];
};

/** What an application may choose from. */
export interface Choices {
  methods: readonly { id: string; name: string; enabled: boolean }[];
  policies: readonly { id: string; name: string; decision: Decision; sentence: string }[];
  /** Tags that other applications bear. */
  tags: readonly string[];
  templates: readonly { id: string; name: string; type: "identity_denied" | "forbidden" }[];
}

interface ApplicationFormContext {
  form: UseFormReturn<ApplicationValues>;
  choices: Choices;
  readOnly: boolean;
}

export const ApplicationContext = createContext<ApplicationFormContext | null>(null);

export function useApplication(): ApplicationFormContext {
  const context = useContext(ApplicationContext);
  if (!context) throw new Error("a part of the application's form stands outside it");
  return context;
}
