import { isAppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { type DiagnosisCode, diagnosisFor } from "../diagnose";
import { ProtocolFailure } from "../failure";
import type { Fact, Step } from "../schema";
import type { Check } from "./schema";

type Finding = Omit<Check, "field" | "remedies"> & Partial<Pick<Check, "field" | "remedies">>;

export const finding = (about: Finding): Check => ({ field: null, remedies: [], ...about });

export interface Problem {
  title: string;
  /** Cause, and the first thing to do about it. */
  words: string;
}

export function problemOf(code: DiagnosisCode, step: Step, facts: readonly Fact[] = []): Problem {
  const { title, cause, fixes } = diagnosisFor(code, step, facts);
  return { title, words: [cause, fixes[0]].filter(Boolean).join(" ") };
}

/** Why a request came to nothing, in words that may be shown. */
export function problemIn(error: unknown, step: Step, title: string): Problem {
  if (error instanceof ProtocolFailure) return problemOf(error.code, step, error.facts);
  if (isAppError(error)) {
    return { title, words: [error.message, error.fix].filter(Boolean).join(" ") };
  }
  log.error({ err: error, step }, "a check failed");
  return { title, words: "Gatehouse could not finish this check. The server log has the reason." };
}

/** `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
