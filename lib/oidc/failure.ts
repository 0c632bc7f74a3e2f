import type { DiagnosisCode } from "./catalogue";
import type { Fact, Remedy } from "./schema";

interface FailureOptions extends ErrorOptions {
  /** Changes of settings that the failing step itself found. */
  remedies?: readonly Remedy[];
}

/** A failure that the catalogue has a row for. It never leaves the engine. */
export class ProtocolFailure extends Error {
  override readonly name = "ProtocolFailure";
  readonly remedies: readonly Remedy[];
  constructor(
    readonly code: DiagnosisCode,
    readonly facts: readonly Fact[] = [],
    options: FailureOptions = {},
  ) {
    super(code, options);
    this.remedies = options.remedies ?? [];
  }
}

const LONGEST = 300;

function words(value: unknown): string {
  if (value === undefined || value === null || value === "") return "none";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(words).join(", ") || "none";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A fact with any value, as one bounded line of text. */
export function fact(label: string, value: unknown): Fact {
  const line = words(value)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  return { label, value: line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line };
}

/** Facts of those values that are there. */
export const factsOf = (values: Record<string, unknown>): Fact[] =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([label, value]) => fact(label, value));
