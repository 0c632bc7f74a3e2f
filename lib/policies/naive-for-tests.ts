import type { PolicyContext } from "./context";
import type { Outcome } from "./explanation";
import { isRule, type Rule } from "./rules";
import { type Decision, misplaced, type RuleSets } from "./schema";

/**
 * The rules of judgement written a second time, from what they mean: a policy is judged twice, once
 * with every answer that is not known in its favour and once with every such answer against it.
 */
type Groups = ReadonlyMap<string, RuleSets>;
interface Policy extends RuleSets {
  decision: Decision;
}

interface Scene {
  context: PolicyContext;
  groups: Groups;
  decision: Decision;
  /** Whether what is not known speaks for the policy. */
  favourable: boolean;
}

/** The answer to what is not known. Where the refusing answer is the policy's own, a hit favours it. */
const ask = ({ decision, favourable }: Scene, refusing: boolean): boolean =>
  (refusing === (decision === "deny")) === favourable;

const reaches = (groups: Groups, from: string, to: string, seen = new Set<string>()): boolean => {
  const { include = [], require = [], exclude = [] } = groups.get(from) ?? {};
  return [...include, ...require, ...exclude].some((rule) => {
    const id = (rule as { group?: { id: string } } | null)?.group?.id;
    if (!id || seen.has(id)) return false;
    seen.add(id);
    return id === to || reaches(groups, id, to, seen);
  });
};

function emailHits(person: { email: string }, refusing: boolean, test: (email: string) => boolean) {
  const { email } = person;
  const fits = email.split("@").length === 2 && !email.includes("\u200b");
  return fits ? test(email.toLowerCase()) : refusing;
}

function ipHits(scene: Scene, network: string, refusing: boolean): boolean {
  const { ip, partial } = scene.context;
  if (ip === null) return partial ? ask(scene, refusing) : refusing;
  if (ip === "nonsense") return refusing;
  return ip.startsWith(network.startsWith("192") ? "192.0.2." : "2001:db8:");
}

function geoHits(scene: Scene, code: string, refusing: boolean): boolean {
  const { country, partial } = scene.context;
  if (country === null) return partial ? ask(scene, refusing) : refusing;
  return country === code;
}

function personHits(scene: Scene, rule: Rule, refusing: boolean): boolean {
  const { person } = scene.context;
  if (person === null) return ask(scene, refusing);
  if ("email" in rule) return emailHits(person, refusing, (email) => email === rule.email.email);
  if ("email_domain" in rule) {
    return emailHits(person, refusing, (email) => email.split("@")[1] === rule.email_domain.domain);
  }
  if ("login_method" in rule) return person.loginMethod.id === rule.login_method.id;
  if ("auth_method" in rule) return person.amr.includes(rule.auth_method.auth_method);
  if (!("oidc" in rule)) throw new Error("not among the rules of the test");
  const roles = person.claims[0]?.value as string[];
  return (
    person.loginMethod.id === rule.oidc.identity_provider_id &&
    roles.includes(rule.oidc.claim_value)
  );
}

function hits(scene: Scene, rule: unknown, refusing: boolean): boolean {
  const { context, groups, decision } = scene;
  if (!isRule(rule)) return refusing;
  const [selector] = Object.keys(rule) as Parameters<typeof misplaced>[1][];
  if (!selector || misplaced(decision, selector)) return refusing;
  if ("everyone" in rule) return true;
  if ("ip" in rule) return ipHits(scene, rule.ip.ip, refusing);
  if ("geo" in rule) return geoHits(scene, rule.geo.country_code, refusing);
  if ("service_token" in rule) return context.serviceTokenId === rule.service_token.token_id;
  if ("any_valid_service_token" in rule) return context.serviceTokenId !== null;
  if ("external_evaluation" in rule) {
    const url = rule.external_evaluation.evaluate_url;
    const answer = context.external[url];
    return answer === undefined ? ask(scene, refusing) : answer === true;
  }
  if ("group" in rule) {
    const group = groups.get(rule.group.id);
    if (!group || reaches(groups, rule.group.id, rule.group.id)) return refusing;
    return matches(scene, group, refusing);
  }
  return personHits(scene, rule, refusing);
}

function matches(scene: Scene, sets: RuleSets, refusing: boolean): boolean {
  const included = sets.include.length === 0 ? [null] : sets.include;
  const include = included.map((rule) => hits(scene, rule, refusing));
  const require = sets.require.map((rule) => hits(scene, rule, refusing));
  const exclude = sets.exclude.map((rule) => hits(scene, rule, !refusing));
  return include.includes(true) && !require.includes(false) && !exclude.includes(true);
}

const isEarly = ({ decision }: Policy) => decision === "bypass" || decision === "non_identity";

function verdict(policy: Policy, groups: Groups, context: PolicyContext): "hit" | "miss" | "may" {
  const { decision } = policy;
  if (decision === "non_identity" && context.serviceTokenId === null) return "miss";
  const [best, worst] = [true, false].map((favourable) =>
    matches({ context, groups, decision, favourable }, policy, decision === "deny"),
  );
  if (best !== worst) return "may";
  return best ? "hit" : "miss";
}

/** What a set of policies comes to. */
export function naiveOutcome(
  policies: readonly Policy[],
  groups: Groups,
  context: PolicyContext,
): Outcome {
  const ordered = [...policies.filter(isEarly), ...policies.filter((one) => !isEarly(one))];
  const live = ordered
    .map((policy) => ({ ...policy, verdict: verdict(policy, groups, context) }))
    .filter((policy) => policy.verdict !== "miss");
  const stop = live.findIndex(
    ({ decision, verdict: is }) =>
      is === "hit" || (decision === "allow" && context.person === null),
  );
  const before = stop < 0 ? live : live.slice(0, stop);
  const last = live[stop];
  if (!last) return before.some(({ decision }) => decision !== "deny") ? "sign_in" : "no_match";
  if (last.decision === "allow" && context.person === null) return "sign_in";
  const differs = before.some(
    ({ decision }) => (decision === "deny") !== (last.decision === "deny"),
  );
  if (differs) return "sign_in";
  return last.decision === "non_identity" ? "service_auth" : last.decision;
}
