import { catalogue, type DiagnosisCode, rowOf } from "./catalogue";
import type { Diagnosis, Fact, Step } from "./schema";

export type { DiagnosisCode } from "./catalogue";

/** A connector's own steps by diagnosis code. */
export type Advice = Partial<Record<string, readonly string[]>>;

const PLACE = /\{([^{}|]+)(?:\|([^{}]*))?\}/g;

function fill(text: string, facts: readonly Fact[]): string | null {
  let complete = true;
  const filled = text.replace(PLACE, (_place, label: string, otherwise?: string) => {
    const value = facts.find((fact) => fact.label === label)?.value ?? otherwise;
    if (value === undefined) complete = false;
    return value ?? "";
  });
  return complete ? filled.trim() : null;
}

/**
 * Cause and fix of a code, with the facts in their places and the connector's advice before the
 * general steps. A code that the catalogue does not have becomes `unexpected`.
 */
export function diagnosisFor(
  code: DiagnosisCode,
  step: Step,
  facts: readonly Fact[] = [],
  advice: Advice = {},
): Diagnosis {
  const row = rowOf(code);
  const { title, cause, fixes, field } = row ?? catalogue.unexpected;
  const own = Object.hasOwn(advice, code) ? advice[code] : undefined;
  const general = fixes.map((fix) => fill(fix, facts)).filter((fix) => fix !== null);
  return {
    code: row ? code : "unexpected",
    step,
    title: fill(title, facts) ?? title,
    cause: fill(cause, facts) ?? cause,
    fixes: [...(own ?? []), ...general],
    field: field ?? fieldOf(facts),
    facts: [...facts],
  };
}

const FIELDS: Record<string, string> = {
  "Auth URL": "auth_url",
  "Token URL": "token_url",
  "Certificate URL": "certs_url",
  "User info URL": "userinfo_url",
};

const fieldOf = (facts: readonly Fact[]): string | null =>
  FIELDS[facts.find((fact) => fact.label === "Field")?.value ?? ""] ?? null;
