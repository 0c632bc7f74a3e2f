import { answerWords } from "@/lib/external-evaluation/answer";
import type { CompiledRule, CompiledSets, Flaw } from "./compile";
import type { PolicyContext } from "./context";
import { HIT, MISS } from "./degree";
import type { Facts } from "./facts";
import type { Names } from "./names";
import { countryName } from "./rule-facts";
import { type Rule, selectorOf } from "./rules";
import { ruleWords } from "./sentence";

/** What a rule is explained from. */
export interface Case {
  context: PolicyContext;
  facts: Facts;
  names: Names;
}

const FLAWS: Record<Flaw, string> = {
  invalid: "This version of Gatehouse cannot evaluate this rule",
  misplaced: "This action cannot use this selector",
  missing_group: "The access group no longer exists",
  cycle: "The access group contains itself",
};

const counts = (refusing: CompiledRule["refusing"]): string =>
  `so it counts as ${refusing === HIT ? "matching" : "not matching"}: nobody gets in by it.`;

const MOST = 5;
const LONGEST = 80;
const bounded = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;

function some(values: Iterable<string>): string {
  const all = [...values];
  const more = all.length - MOST;
  const shown = all.slice(0, MOST).map(bounded).join(", ");
  return more > 0 ? `${shown} and ${more.toLocaleString("en")} more` : shown;
}

function aboutAddress({ context, facts }: Case, rule: CompiledRule): string {
  if (facts.address) return `The address is ${context.ip}.`;
  if (facts.addressLeftOut) return "It depends on the address, which was not given.";
  return `The address is not known, ${counts(rule.refusing)}`;
}

function aboutCountry({ context, facts }: Case, rule: CompiledRule): string {
  if (context.country) return `The country is ${countryName(context.country)}.`;
  if (facts.countryLeftOut) return "It depends on the country, which was not given.";
  return `The country is not known, ${counts(rule.refusing)}`;
}

function aboutToken({ context, names }: Case): string {
  return context.serviceTokenId === null
    ? "No service token came along."
    : `The service token is ${names.serviceToken(context.serviceTokenId)}.`;
}

function aboutEvaluation({ context }: Case, url: string): string {
  if (!Object.hasOwn(context.external, url)) return "The evaluation has not been asked.";
  return answerWords(context.external[url] ?? false);
}

function aboutEmail({ context, facts }: Case, rule: CompiledRule): string {
  const email = bounded(context.person?.email ?? "");
  return facts.person?.email
    ? `The email is ${email}.`
    : `The email ${email} is not written as an address that can be compared, ${counts(rule.refusing)}`;
}

/** About a claim or a group of one login method. */
function aboutMethod({ context, facts, names }: Case, rule: Rule): string {
  const [content] = Object.values(rule) as { identity_provider_id: string }[];
  const id = content?.identity_provider_id ?? "";
  if (context.person?.loginMethod.id !== id) {
    return `Signed in with ${context.person?.loginMethod.name}, not with ${names.loginMethod(id)}.`;
  }
  if ("oidc" in rule) {
    const name = rule.oidc.claim_name;
    const values = facts.person?.claim(name) ?? new Set();
    return values.size > 0 ? `${name} is ${some(values)}.` : `No claim ${name} came.`;
  }
  const { groups } = context.person;
  return groups.length > 0 ? `The groups are ${some(groups)}.` : "No groups came.";
}

function aboutPerson(at: Case, rule: Rule, compiled: CompiledRule): string {
  const { person } = at.context;
  if (person === null) return "Nobody has signed in yet.";
  if ("email" in rule || "email_domain" in rule) return aboutEmail(at, compiled);
  if ("login_method" in rule) return `Signed in with ${person.loginMethod.name}.`;
  if ("auth_method" in rule) {
    const { amr } = person;
    return amr.length > 0 ? `The methods were ${some(amr)}.` : "No methods came (amr).";
  }
  return aboutMethod(at, rule);
}

/** What made a rule group match, or kept it from that. */
function aboutGroup({ facts, names }: Case, sets: CompiledSets): string | null {
  const words = (rule: CompiledRule) => ruleWords(rule.rule, names);
  const included = sets.include.find(({ judge }) => judge(facts) === HIT);
  const missed = sets.require.find(({ judge }) => judge(facts) === MISS);
  const excluded = sets.exclude.find(({ judge }) => judge(facts) === HIT);
  if (excluded) return `The group excludes: ${words(excluded)}.`;
  if (missed) return `The group requires: ${words(missed)}.`;
  if (included) return `By its rule: ${words(included)}.`;
  const open = sets.include.some(({ judge }) => judge(facts) !== MISS);
  return open ? null : "None of its Include rules matches.";
}

/** Why a rule came to its verdict; null where the label says all. */
export function noteOn(at: Case, compiled: CompiledRule): string | null {
  if (compiled.flaw) return `${FLAWS[compiled.flaw]}, ${counts(compiled.refusing)}`;
  if (compiled.group) return aboutGroup(at, compiled.group);
  const rule = compiled.rule as Rule;
  switch (selectorOf(rule)) {
    case "everyone":
      return null;
    case "ip":
      return aboutAddress(at, compiled);
    case "geo":
      return aboutCountry(at, compiled);
    case "service_token":
    case "any_valid_service_token":
      return aboutToken(at);
    case "external_evaluation":
      return "external_evaluation" in rule
        ? aboutEvaluation(at, rule.external_evaluation.evaluate_url)
        : null;
    default:
      return aboutPerson(at, rule, compiled);
  }
}
