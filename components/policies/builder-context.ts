"use client";
import { createContext, useContext } from "react";
import type { Result } from "@/lib/kit/result";
import type { RuleHints } from "@/lib/policies/hints/schema";
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

/** Null stands for the whole registry. */
export type LoadHints = (input: { loginMethodId: string | null }) => Promise<Result<RuleHints>>;

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
  hints(loginMethodId: string | null): Promise<RuleHints>;
}

export const BuilderContext = createContext<Builder | null>(null);

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (!builder) throw new Error("a part of the builder stands outside it");
  return builder;
}
