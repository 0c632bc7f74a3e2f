import { catalogue, type DiagnosisCode, rowOf } from "./catalogue";
import type { Diagnosis, Fact, Step } from "./schema";

export type { DiagnosisCode } from "./catalogue";

/** A connector's own steps by diagnosis code. */
export type Advice = Partial<Record<string, readonly string[]>>;

const PLACE = /\{([^{}|]+)(?:\|([^{}]*))?\}([.,:;]?)/g;

/** What a provider says may end with a mark of its own; two never stand together. */
function punctuated(value: string, mark: string): string {
  if (mark === "" || (mark === "." && /[!?…]$/.test(value))) return value;
  return `${value.replace(/[\s.,:;!?…]+$/, "")}${mark}`;
}

function fill(text: string, facts: readonly Fact[]): string | null {
  let complete = true;
  const filled = text.replace(PLACE, (_place, label: string, otherwise?: string, mark = "") => {
    const said = facts.find((fact) => fact.label === label)?.value;
    const value = said !== undefined && /[\p{L}\p{N}]/u.test(said) ? said : otherwise;
    if (value === undefined) complete = false;
    return punctuated(value ?? "", mark);
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
    remedies: [],
  };
}

const FIELDS: Record<string, string> = {
  "Auth URL": "auth_url",
  "Token URL": "token_url",
  "Certificate URL": "certs_url",
  "User info URL": "userinfo_url",
  "Pushed authorization request URL": "par_url",
};

const fieldOf = (facts: readonly Fact[]): string | null =>
  FIELDS[facts.find((fact) => fact.label === "Field")?.value ?? ""] ?? null;
