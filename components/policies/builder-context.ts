"use client";
import { createContext, useContext } from "react";
import type { Suggestion } from "@/components/ui/tag-values";
import type { Result } from "@/lib/kit/result";
import type { Decision } from "@/lib/policies/schema";
import type { MethodChoice, RowSets, RuleRow, RuleSet } from "./rule-rows";

export interface Choice {
  id: string;
  name: string;
}

/** What rules may name. */
export interface RuleLibrary {
  methods: readonly MethodChoice[];
  groups: readonly Choice[];
  tokens: readonly Choice[];
}

/** What a login method has sent so far. */
export interface RuleHints {
  claims: readonly Suggestion[];
  groups: readonly Suggestion[];
  /** Whether some of the groups were pushed by SCIM. */
  scim: boolean;
  /** Values of the last test by claim. */
  values: Record<string, readonly string[]>;
}

export type LoadHints = (input: { loginMethodId: string }) => Promise<Result<RuleHints>>;

/** What every part of the builder works on. */
export interface Builder extends RuleLibrary {
  rows: RowSets;
  /** Null for an access group, which has no action. */
  decision: Decision | null;
  /** Messages by dotted path. */
  errors: Record<string, string | undefined>;
  readOnly: boolean;
  setRows(set: RuleSet, rows: RuleRow[]): void;
  /** Checks one control when it is left. */
  check(path: string): void;
  hints(loginMethodId: string): Promise<RuleHints>;
}

export const BuilderContext = createContext<Builder | null>(null);

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (!builder) throw new Error("a part of the builder stands outside it");
  return builder;
}
