import { isRule, type Rule, type Selector, selectorOf } from "@/lib/policies/rules";
import type { RULE_SETS } from "@/lib/policies/schema";

/** The selectors of Cloudflare that the console shows as one: Identity provider group. */
type GroupSelector = "okta" | "azureAD" | "gsuite" | "github-organization" | "oidc";

export type RowSelector =
  | Exclude<Selector, Exclude<GroupSelector, "oidc">>
  | "idp_group"
  /** A rule that this version does not know. */
  | "unknown";

/**
 * One row of the builder: a selector with its values, each of which is a rule of its own. Every key
 * is always there, so that two rows can be compared.
 */
export interface RuleRow {
  /** Tells rows apart while they move; never leaves the page. */
  key: string;
  /** Empty until it is chosen. */
  selector: RowSelector | "";
  /** Login method of an OIDC claim or a group. */
  method: string;
  claim: string;
  values: string[];
  evaluateUrl: string;
  keysUrl: string;
  /** How the group was stored, for a login method that is gone. */
  stored: GroupSelector | "";
}

export type RuleSet = (typeof RULE_SETS)[number];
export type RowSets = Record<RuleSet, RuleRow[]>;

export interface MethodChoice {
  id: string;
  name: string;
  /** Cloudflare's type, such as `okta`. */
  type: string;
  enabled: boolean;
}

const GROUPS_CLAIM = "groups";
const STORED_AS: Record<string, GroupSelector> = {
  okta: "okta",
  azureAD: "azureAD",
  "google-apps": "gsuite",
  github: "github-organization",
};

/** How Cloudflare writes a group of this login method. */
export const groupSelector = (method: MethodChoice | undefined): GroupSelector =>
  STORED_AS[method?.type ?? ""] ?? "oidc";

type Read = Omit<RuleRow, "key">;
const EMPTY: Read = {
  selector: "",
  method: "",
  claim: "",
  values: [],
  evaluateUrl: "",
  keysUrl: "",
  stored: "",
};

export const emptyRow = (key: string, selector: RuleRow["selector"] = ""): RuleRow => ({
  ...EMPTY,
  key,
  selector,
});

const group = (stored: GroupSelector, method: string, value: string): Read => ({
  ...EMPTY,
  ...{ selector: "idp_group", method, stored, values: [value] },
});

function readClaim(rule: Extract<Rule, { oidc: unknown }>, methods: readonly MethodChoice[]): Read {
  const { identity_provider_id: method, claim_name: claim, claim_value: value } = rule.oidc;
  const known = methods.find(({ id }) => id === method);
  // Groups of a generic provider are a claim; those of Okta have a selector of their own.
  return claim === GROUPS_CLAIM && known && groupSelector(known) === "oidc"
    ? group("oidc", method, value)
    : { ...EMPTY, selector: "oidc", method, claim, values: [value] };
}

/** The selectors whose whole content is one text. */
function readValue(rule: Rule): Read | null {
  const of = (selector: RowSelector, value: string): Read => ({
    ...EMPTY,
    selector,
    values: [value],
  });
  if ("email" in rule) return of("email", rule.email.email);
  if ("email_domain" in rule) return of("email_domain", rule.email_domain.domain);
  if ("ip" in rule) return of("ip", rule.ip.ip);
  if ("geo" in rule) return of("geo", rule.geo.country_code);
  if ("login_method" in rule) return of("login_method", rule.login_method.id);
  if ("auth_method" in rule) return of("auth_method", rule.auth_method.auth_method);
  if ("group" in rule) return of("group", rule.group.id);
  if ("service_token" in rule) return of("service_token", rule.service_token.token_id);
  return null;
}

function readGroup(rule: Rule): Read | null {
  if ("okta" in rule) return group("okta", rule.okta.identity_provider_id, rule.okta.name);
  if ("azureAD" in rule)
    return group("azureAD", rule.azureAD.identity_provider_id, rule.azureAD.id);
  if ("gsuite" in rule) return group("gsuite", rule.gsuite.identity_provider_id, rule.gsuite.email);
  if ("github-organization" in rule) {
    const { identity_provider_id, name, team } = rule["github-organization"];
    return group("github-organization", identity_provider_id, team ? `${name}/${team}` : name);
  }
  return null;
}

function read(rule: unknown, methods: readonly MethodChoice[]): Read {
  if (!isRule(rule)) return { ...EMPTY, selector: "unknown", values: [JSON.stringify(rule)] };
  if ("oidc" in rule) return readClaim(rule, methods);
  if ("external_evaluation" in rule) {
    const { evaluate_url: evaluateUrl, keys_url: keysUrl } = rule.external_evaluation;
    return { ...EMPTY, selector: "external_evaluation", evaluateUrl, keysUrl };
  }
  return (
    readValue(rule) ??
    readGroup(rule) ?? {
      ...EMPTY,
      selector: selectorOf(rule) === "everyone" ? "everyone" : "any_valid_service_token",
    }
  );
}

/** Whether a rule is one more value of the row before it. */
const continues = (row: Read | undefined, next: Read): row is Read =>
  row !== undefined &&
  next.values.length > 0 &&
  next.selector !== "unknown" &&
  row.selector === next.selector &&
  row.method === next.method &&
  row.claim === next.claim &&
  row.stored === next.stored;

/** Rules as rows; rules of one selector that follow each other share a row. */
export function rowsOf(rules: readonly unknown[], methods: readonly MethodChoice[]): RuleRow[] {
  const rows: RuleRow[] = [];
  for (const rule of rules) {
    const next = read(rule, methods);
    const last = rows.at(-1);
    if (continues(last, next)) last.values.push(...next.values);
    else rows.push({ ...next, key: `saved-${rows.length}` });
  }
  return rows;
}

export const rowSetsOf = (
  sets: Record<RuleSet, readonly unknown[]>,
  methods: readonly MethodChoice[],
): RowSets => ({
  include: rowsOf(sets.include, methods),
  require: rowsOf(sets.require, methods),
  exclude: rowsOf(sets.exclude, methods),
});
