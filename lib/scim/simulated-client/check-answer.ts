import { isDeepStrictEqual } from "node:util";
import type { Answer, Check, Step } from "./schema";
import { valueAt } from "./value-at";

const shown = (value: unknown): string =>
  value === undefined ? "missing" : (JSON.stringify(value) ?? "missing").slice(0, 200);

export function parsed(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isIn = (list: unknown, wanted: unknown): boolean =>
  Array.isArray(list) &&
  list.some((each) => isDeepStrictEqual(each, wanted) || valueAt(each, "value") === wanted);

function missing(check: Extract<Check, { present: boolean }>, value: unknown): string | null {
  const present = value !== undefined && value !== null && value !== "";
  if (present === check.present) return null;
  return present ? `${check.at} should not be there: ${shown(value)}.` : `${check.at} is missing.`;
}

function problemOf(check: Check, answer: Answer, body: unknown): string | null {
  if ("header" in check) {
    const value = answer.headers[check.header];
    return value === check.is ? null : `The header ${check.header} is ${shown(value)}.`;
  }
  const value = valueAt(body, check.at);
  if ("present" in check) return missing(check, value);
  if ("has" in check) {
    return isIn(value, check.has) ? null : `${check.at} lacks ${shown(check.has)}.`;
  }
  if ("lacks" in check) {
    return isIn(value, check.lacks) ? `${check.at} still has ${shown(check.lacks)}.` : null;
  }
  return isDeepStrictEqual(value, check.is)
    ? null
    : `${check.at} is ${shown(value)} and not ${shown(check.is)}.`;
}

const detailOf = (body: unknown): string => {
  const detail = valueAt(body, "detail");
  return typeof detail === "string" ? `: ${detail}` : "";
};

/** What is otherwise than a step expects, in words; null where nothing is. */
export function findProblem(
  { status, checks = [] }: Pick<Step, "status" | "checks">,
  answer: Answer,
): string | null {
  const body = parsed(answer.text);
  if (!status.includes(answer.status)) {
    return `The answer is ${answer.status}${detailOf(body)} (expected ${status.join(" or ")}).`;
  }
  if (body === undefined) return "The answer is not JSON.";
  for (const check of checks) {
    const problem = problemOf(check, answer, body);
    if (problem) return problem;
  }
  return null;
}
