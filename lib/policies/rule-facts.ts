import type { Names } from "./names";
import { type Rule, type Selector, selectorOf } from "./rules";

/** A rule taken apart for words. */
export interface RuleFacts {
  selector: Selector;
  /** What has to match, as people call it. */
  value: string;
  /** Login method of claims and groups, by name; empty for the others. */
  of: string;
  /** Name of the claim; empty for the others. */
  claim: string;
}

/** The country of a code in English; the code itself where nobody knows it. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

type Read = Omit<RuleFacts, "selector">;
const plain = (value: string): Read => ({ value, of: "", claim: "" });

function ofMethod(rule: Rule, names: Names): Read | null {
  const group = (id: string, value: string): Read => ({
    value,
    of: names.loginMethod(id),
    claim: "",
  });
  if ("oidc" in rule) {
    const { identity_provider_id: id, claim_name: claim, claim_value: value } = rule.oidc;
    return { ...group(id, value), claim };
  }
  if ("okta" in rule) return group(rule.okta.identity_provider_id, rule.okta.name);
  if ("azureAD" in rule) return group(rule.azureAD.identity_provider_id, rule.azureAD.id);
  if ("gsuite" in rule) return group(rule.gsuite.identity_provider_id, rule.gsuite.email);
  if ("github-organization" in rule) {
    const { identity_provider_id: id, name, team } = rule["github-organization"];
    return group(id, team === undefined ? name : `${name}/${team}`);
  }
  return null;
}

function named(rule: Rule, names: Names): Read | null {
  if ("login_method" in rule) return plain(names.loginMethod(rule.login_method.id));
  if ("group" in rule) return plain(names.ruleGroup(rule.group.id));
  if ("service_token" in rule) return plain(names.serviceToken(rule.service_token.token_id));
  return null;
}

function valued(rule: Rule): Read {
  if ("email" in rule) return plain(rule.email.email);
  if ("email_domain" in rule) return plain(`@${rule.email_domain.domain}`);
  if ("ip" in rule) return plain(rule.ip.ip);
  if ("geo" in rule) return plain(countryName(rule.geo.country_code));
  if ("auth_method" in rule) return plain(rule.auth_method.auth_method);
  if ("external_evaluation" in rule) return plain(hostOf(rule.external_evaluation.evaluate_url));
  return plain("");
}

export const ruleFacts = (rule: Rule, names: Names): RuleFacts => ({
  selector: selectorOf(rule),
  ...(ofMethod(rule, names) ?? named(rule, names) ?? valued(rule)),
});
