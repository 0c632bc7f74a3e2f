import { fill, missingIn } from "../../simulated-client/fill";
import type { Variables } from "../../simulated-client/schema";
import { valueAt } from "../../simulated-client/value-at";

/** A step of a Runscope test as it is exported, as far as Okta's test has need of it. */
export interface RunscopeStep {
  step_type: string;
  note?: string;
  skipped?: boolean;
  method?: string;
  url?: string;
  headers?: Record<string, string[]>;
  body?: string;
  assertions?: Assertion[];
  variables?: { source: string; name: string; property: string }[];
}

interface Assertion {
  comparison: string;
  source: string;
  value: string | null;
  property?: string;
}

interface Answered {
  status: number;
  /** Parsed. */
  json: unknown;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);

/** As Runscope compares: texts with texts, numbers with numbers. */
const COMPARISONS: Readonly<Record<string, (found: unknown, wanted: string) => boolean>> = {
  equal_number: (found, wanted) => Number(found) === Number(wanted),
  equal: (found, wanted) => String(found) === wanted,
  not_empty: (found) => !isEmpty(found),
  has_value: (found, wanted) => Array.isArray(found) && found.includes(wanted),
  contains: (found, wanted) => (Array.isArray(found) ? found : String(found)).includes(wanted),
  is_a_number: (found) => typeof found === "number",
};

function foundBy(source: string, property: string | undefined, answer: Answered): unknown {
  if (source === "response_status") return answer.status;
  if (source === "response_json") return valueAt(answer.json, property ?? "");
  throw new Error(`unknown source ${source}`);
}

/** The assertions of a step that the answer does not meet, in words, and how many it has. */
export function judge(step: RunscopeStep, answer: Answered, variables: Variables) {
  const assertions = step.assertions ?? [];
  const failed = assertions.filter(({ comparison, source, value, property }) => {
    const compare = COMPARISONS[comparison];
    if (!compare) throw new Error(`unknown comparison ${comparison}`);
    return !compare(foundBy(source, property, answer), fill(value ?? "", variables));
  });
  const words = failed.map(
    ({ comparison, source, value, property }) =>
      `${property ?? source} ${comparison} ${value ?? ""}, not ${JSON.stringify(foundBy(source, property, answer))}`,
  );
  return { count: assertions.length, failed: words };
}

export function requestOf(step: RunscopeStep, variables: Variables) {
  const { method = "GET", url = "", headers = {}, body } = step;
  const missing = missingIn([url, headers, body], variables);
  if (missing.length > 0) throw new Error(`no value for ${missing.join(", ")}`);
  const plain = Object.entries(headers).map(([name, values]) => [name, values.join(", ")]);
  return {
    method,
    url: encodeURI(fill(url, variables)),
    headers: fill(Object.fromEntries(plain) as Record<string, string>, variables),
    body: body === undefined ? null : fill(body, variables),
  };
}

export const remembered = (step: RunscopeStep, answer: Answered): Variables =>
  Object.fromEntries(
    (step.variables ?? []).map(({ source, name, property }) => [
      name,
      String(foundBy(source, property, answer)),
    ]),
  );
