import type { Names } from "./names";
import { type RuleFacts, ruleFacts } from "./rule-facts";
import { isRule } from "./rules";
import type { Decision, RuleSets } from "./schema";

const UNREADABLE = "A rule that this version of Gatehouse does not know";

/** As the label of one rule. */
function labelOf({ selector, value, of, claim }: RuleFacts): string {
  switch (selector) {
    case "everyone":
      return "Everyone";
    case "email":
      return `Email ${value}`;
    case "email_domain":
      return `Emails ending in ${value}`;
    case "ip":
      return `IP range ${value}`;
    case "geo":
      return `Country ${value}`;
    case "login_method":
      return `Login method ${value}`;
    case "oidc":
      return `Claim ${claim} of ${of} is ${value}`;
    case "okta":
    case "azureAD":
    case "gsuite":
    case "github-organization":
      return `Group ${value} of ${of}`;
    case "auth_method":
      return `Authentication method ${value}`;
    case "group":
      return `Access group ${value}`;
    case "service_token":
      return `Service token ${value}`;
    case "any_valid_service_token":
      return "Any valid service token";
    case "external_evaluation":
      return `External evaluation by ${value}`;
  }
}

/** One rule in words, such as `Emails ending in @example.com`. A rule that is none has words too. */
export const ruleWords = (rule: unknown, names: Names): string =>
  isRule(rule) ? labelOf(ruleFacts(rule, names)) : UNREADABLE;

const MOST_VALUES = 5;

function listed(values: readonly string[], word: "and" | "or"): string {
  const more = values.length - MOST_VALUES;
  const shown = more > 1 ? [...values.slice(0, MOST_VALUES), `${more} more`] : values;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} ${word} ${shown.at(-1)}`;
}

/** What follows "who", with all values of rules that differ in nothing else. */
function clauseOf({ selector, of, claim }: RuleFacts, values: readonly string[]): string {
  const value = listed(values, "or");
  switch (selector) {
    case "everyone":
      return "is anybody at all";
    case "email":
      return `has the email ${value}`;
    case "email_domain":
      return `has an email ending in ${value}`;
    case "ip":
    case "geo":
      return `comes from ${value}`;
    case "login_method":
      return `signs in with ${value}`;
    case "oidc":
      return `has ${value} in the claim ${claim} of ${of}`;
    case "okta":
    case "azureAD":
    case "gsuite":
    case "github-organization":
      return `is in the group ${value} of ${of}`;
    case "auth_method":
      return `signs in by the method ${value}`;
    case "group":
      return `matches the access group ${value}`;
    case "service_token":
      return `presents the service token ${value}`;
    case "any_valid_service_token":
      return "presents a valid service token";
    case "external_evaluation":
      return `is approved by ${value}`;
  }
}

const unreadable = (count: number): string[] =>
  count === 0 ? [] : [count === 1 ? "matches an unknown rule" : `matches ${count} unknown rules`];

/** Clauses in the order of the rules; alternatives of one kind share one. */
function clauses(rules: readonly unknown[], names: Names, together: boolean): string[] {
  const kinds = new Map<string, { facts: RuleFacts; values: string[] }>();
  const known = rules.filter(isRule);
  for (const [index, rule] of known.entries()) {
    const facts = ruleFacts(rule, names);
    const { selector, of, claim, value } = facts;
    const key = together ? JSON.stringify([selector, of, claim]) : String(index);
    const kind = kinds.get(key) ?? { facts, values: [] };
    if (!kind.values.includes(value)) kind.values.push(value);
    kinds.set(key, kind);
  }
  const words = [...kinds.values()].map(({ facts, values }) => clauseOf(facts, values));
  return [...words, ...unreadable(rules.length - known.length)];
}

const joined = (parts: readonly string[], word: "and" | "or"): string =>
  parts.length < 3
    ? parts.join(` ${word} `)
    : `${parts.slice(0, -1).join(", ")}, ${word} ${parts.at(-1)}`;

const VERBS: Record<Decision, [verb: string, somebody: string, pronoun: string]> = {
  allow: ["Allow", "everyone", "who"],
  deny: ["Block", "everyone", "who"],
  bypass: ["Let in without signing in", "everyone", "who"],
  non_identity: ["Let in", "every program with a valid service token", "that"],
};

const isEveryone = (rule: unknown): boolean =>
  typeof rule === "object" && rule !== null && "everyone" in rule;

/** What a policy does, as one sentence; the rules may be unsaved, or none at all yet. */
export function policySentence(policy: RuleSets & { decision: Decision }, names: Names): string {
  const { decision, include, require, exclude } = policy;
  const [verb, somebody, pronoun] = VERBS[decision];
  if (include.length === 0) return `${verb} nobody: it has no Include rule yet.`;
  const parts = [`${verb} ${somebody}`];
  const everybody = include.some(isEveryone);
  if (!everybody) parts.push(` ${pronoun} ${joined(clauses(include, names, true), "or")}`);
  const required = clauses(require, names, false);
  if (required.length > 0) {
    const also = everybody ? ` ${pronoun} ` : `, and ${pronoun} also `;
    parts.push(`${also}${joined(required, "and")}`);
  }
  const excluded = clauses(exclude, names, true);
  if (excluded.length > 0) parts.push(`, but nobody who ${joined(excluded, "or")}`);
  return `${parts.join("")}.`;
}
