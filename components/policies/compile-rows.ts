import { RULE_SETS } from "@/lib/policies/schema";
import {
  groupSelector,
  type MethodChoice,
  type RowSelector,
  type RowSets,
  type RuleRow,
  type RuleSet,
} from "./rule-rows";

/** A row's control, as the last part of its dotted path. */
export type RowPart = "selector" | "method" | "claim" | "values" | "evaluateUrl" | "keysUrl";

/** Which row and value a rule came from. */
interface Place {
  row: number;
  value: string | null;
}

interface Compiled {
  rules: Record<RuleSet, unknown[]>;
  places: Record<RuleSet, Place[]>;
}

const GITHUB_TEAM = /^([^/]+)\/(.+)$/;

function groupRule(row: RuleRow, value: string, methods: readonly MethodChoice[]): unknown {
  const method = methods.find(({ id }) => id === row.method);
  const selector = method ? groupSelector(method) : row.stored || "oidc";
  const of = { identity_provider_id: row.method };
  switch (selector) {
    case "okta":
      return { okta: { ...of, name: value } };
    case "azureAD":
      return { azureAD: { ...of, id: value } };
    case "gsuite":
      return { gsuite: { ...of, email: value } };
    case "github-organization": {
      const [, name = value, team] = GITHUB_TEAM.exec(value) ?? [];
      return { "github-organization": { ...of, name, ...(team && { team }) } };
    }
    case "oidc":
      return { oidc: { ...of, claim_name: "groups", claim_value: value } };
  }
}

type Write = (value: string, row: RuleRow, methods: readonly MethodChoice[]) => unknown;

/** The selectors with one rule for each value. */
const WRITERS: Partial<Record<RowSelector, Write>> = {
  email: (email) => ({ email: { email } }),
  email_domain: (domain) => ({ email_domain: { domain } }),
  ip: (ip) => ({ ip: { ip } }),
  geo: (country_code) => ({ geo: { country_code } }),
  login_method: (id) => ({ login_method: { id } }),
  idp_group: (value, row, methods) => groupRule(row, value, methods),
  oidc: (claim_value, { method, claim }) => ({
    oidc: { identity_provider_id: method, claim_name: claim, claim_value },
  }),
  auth_method: (auth_method) => ({ auth_method: { auth_method } }),
  group: (id) => ({ group: { id } }),
  service_token: (token_id) => ({ service_token: { token_id } }),
  unknown: (json) => JSON.parse(json),
};

/** The selectors that are one rule whatever they hold. */
function single(row: RuleRow): unknown {
  if (row.selector === "external_evaluation") {
    const { evaluateUrl: evaluate_url, keysUrl: keys_url } = row;
    return { external_evaluation: { evaluate_url, keys_url } };
  }
  return { [row.selector]: {} };
}

/** The rules of a row, each with its value. A row that lacks its value makes a rule that lacks it. */
export function rulesOfRow(
  row: RuleRow,
  methods: readonly MethodChoice[],
): { rule: unknown; value: string | null }[] {
  const write = row.selector && WRITERS[row.selector];
  if (!write) return [{ rule: single(row), value: null }];
  const values = row.values.length > 0 ? row.values : [""];
  return values.map((value) => ({ rule: write(value, row, methods), value }));
}

export function compileRows(sets: RowSets, methods: readonly MethodChoice[]): Compiled {
  const compiled: Compiled = {
    rules: { include: [], require: [], exclude: [] },
    places: { include: [], require: [], exclude: [] },
  };
  for (const set of RULE_SETS) {
    for (const [index, row] of sets[set].entries()) {
      for (const { rule, value } of rulesOfRow(row, methods)) {
        compiled.rules[set].push(rule);
        compiled.places[set].push({ row: index, value });
      }
    }
  }
  return compiled;
}

const PARTS: Record<string, RowPart> = {
  identity_provider_id: "method",
  claim_name: "claim",
  evaluate_url: "evaluateUrl",
  keys_url: "keysUrl",
};

/** What a row without a value is asked for. */
const MISSING: Partial<Record<RowSelector, string>> = {
  email: "Enter an email address",
  email_domain: "Enter a domain, like example.com",
  ip: "Enter an IP address or a range such as 192.0.2.0/24",
  geo: "Choose a country",
  login_method: "Choose a login method",
  idp_group: "Enter a group",
  oidc: "Enter a value of the claim",
  auth_method: "Enter a method, such as mfa",
  group: "Choose an access group",
  service_token: "Choose a service token",
};

interface RowIssue {
  path: [RuleSet, number, RowPart];
  message: string;
}

const isSet = (key: unknown): key is RuleSet => RULE_SETS.includes(key as RuleSet);

function wordsOf(row: RuleRow, part: RowPart, value: string | null, message: string): string {
  if (row.selector === "") return "Choose a selector";
  if (part === "method") return "Choose a login method";
  if (part === "claim") return row.claim === "" ? "Enter the name of the claim" : message;
  if (part !== "values") return message;
  if (!value) return MISSING[row.selector] ?? message;
  return row.values.length > 1 ? `“${value}”: ${message}` : message;
}

/** An issue of a rule (`include.3.email.email`) as one of the row it came from; null for any other. */
export function rowIssue(
  sets: RowSets,
  { places }: Compiled,
  path: readonly PropertyKey[],
  message: string,
): RowIssue | null {
  const [set, index, ...inside] = path;
  const place = isSet(set) ? places[set][Number(index)] : undefined;
  if (!isSet(set) || !place) return null;
  const row = sets[set][place.row];
  if (!row) return null;
  const known = PARTS[String(inside.at(-1))] ?? (inside.length > 0 ? "values" : "selector");
  const part = row.selector === "" || row.selector === "unknown" ? "selector" : known;
  return { path: [set, place.row, part], message: wordsOf(row, part, place.value, message) };
}
