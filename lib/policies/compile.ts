import { type Degree, HIT, MISS, not } from "./degree";
import type { Facts } from "./facts";
import { isCyclic } from "./group-cycles";
import { type Judge, judgeOf, type Refusing } from "./judge";
import { type Rule, ruleSchema, selectorOf } from "./rules";
import { DECISIONS, type Decision, misplaced, type RuleSets } from "./schema";

export interface PolicySource extends RuleSets {
  id: string;
  name: string;
  decision: Decision;
  /** Go duration; null means the application's. */
  sessionDuration: string | null;
}

/** Why a rule cannot be evaluated; it then counts as whatever lets nobody in. */
export type Flaw = "invalid" | "misplaced" | "missing_group" | "cycle";

export interface CompiledRule {
  /** As it is stored; a `Rule` unless `flaw` is `invalid`. */
  rule: unknown;
  flaw: Flaw | null;
  refusing: Refusing;
  judge: Judge;
  /** Of a rule that names a rule group which can be evaluated. */
  group: CompiledSets | null;
}

export interface CompiledSets {
  include: readonly CompiledRule[];
  require: readonly CompiledRule[];
  exclude: readonly CompiledRule[];
  judge: Judge;
}

export interface CompiledPolicy extends CompiledSets {
  source: PolicySource;
}

export interface CompiledPolicies {
  /** In the order of evaluation. */
  ordered: readonly CompiledPolicy[];
  external: readonly { evaluateUrl: string; keysUrl: string }[];
  serviceAuth: boolean;
}

export type Groups = ReadonlyMap<string, RuleSets>;

interface Compiler {
  decision: Decision;
  groups: Groups;
  /** Rule groups by id, once for each of the two things that they can count as. */
  made: Map<string, CompiledSets | "missing_group" | "cycle">;
}

const opposite = (refusing: Refusing): Refusing => (refusing === HIT ? MISS : HIT);

const flawed = (rule: unknown, flaw: Flaw, refusing: Refusing): CompiledRule => ({
  rule,
  flaw,
  refusing,
  judge: () => refusing,
  group: null,
});

function groupOf(compiler: Compiler, id: string, refusing: Refusing) {
  const key = `${id} ${refusing}`;
  const before = compiler.made.get(key);
  if (before) return before;
  const sets = compiler.groups.get(id);
  const made = !sets
    ? "missing_group"
    : isCyclic(id, compiler.groups)
      ? "cycle"
      : oncePerJudgement(compileSets(compiler, sets, refusing));
  compiler.made.set(key, made);
  return made;
}

/** Groups in groups could otherwise be asked over and over in one judgement. */
function oncePerJudgement(sets: CompiledSets): CompiledSets {
  let serial = -1;
  let degree: Degree = MISS;
  const judge = (facts: Facts): Degree => {
    if (facts.serial !== serial) {
      degree = sets.judge(facts);
      serial = facts.serial;
    }
    return degree;
  };
  return { ...sets, judge };
}

function compileRule(compiler: Compiler, stored: unknown, refusing: Refusing): CompiledRule {
  const parsed = ruleSchema.safeParse(stored);
  if (!parsed.success) return flawed(stored, "invalid", refusing);
  const rule = parsed.data;
  const selector = selectorOf(rule);
  if (misplaced(compiler.decision, selector)) return flawed(rule, "misplaced", refusing);
  if (selector === "group") {
    const group = groupOf(compiler, (rule as { group: { id: string } }).group.id, refusing);
    if (typeof group === "string") return flawed(rule, group, refusing);
    return { rule, flaw: null, refusing, judge: group.judge, group };
  }
  const judge = judgeOf(selector, rule, refusing);
  return judge
    ? { rule, flaw: null, refusing, judge, group: null }
    : flawed(rule, "invalid", refusing);
}

const anyOf =
  (judges: readonly Judge[]): Judge =>
  (facts) => {
    let most: Degree = MISS;
    for (const judge of judges) {
      const degree = judge(facts);
      if (degree === HIT) return HIT;
      if (degree > most) most = degree;
    }
    return most;
  };

function judgeOfSets(include: Judge, require: readonly Judge[], exclude: Judge): Judge {
  return (facts) => {
    let least = include(facts);
    for (const judge of require) {
      if (least === MISS) return MISS;
      const degree = judge(facts);
      if (degree < least) least = degree;
    }
    if (least === MISS) return MISS;
    const kept = not(exclude(facts));
    return Math.min(kept, least) as Degree;
  };
}

const stored = (rules: unknown): unknown[] => (Array.isArray(rules) ? rules : [rules]);
const judgesOf = (rules: readonly CompiledRule[]): Judge[] => rules.map(({ judge }) => judge);

function compileSets(
  compiler: Compiler,
  sets: { readonly [S in keyof RuleSets]: unknown },
  refusing: Refusing,
  required: readonly Rule[] = [],
): CompiledSets {
  const all = (rules: unknown[], as: Refusing) =>
    rules.map((rule) => compileRule(compiler, rule, as));
  const included = stored(sets.include);
  // Nothing included means nobody, and for Block everybody: such a policy was never valid.
  const include = all(included.length > 0 ? included : [null], refusing);
  const require = all([...stored(sets.require), ...required], refusing);
  const exclude = all(stored(sets.exclude), opposite(refusing));
  const judge = judgeOfSets(anyOf(judgesOf(include)), judgesOf(require), anyOf(judgesOf(exclude)));
  return { include, require, exclude, judge };
}

/** Service Auth is for programs that prove who they are, whatever else its rules ask. */
const PROVEN: Rule = { any_valid_service_token: {} };

function compilePolicy(
  source: PolicySource,
  groups: Groups,
  made: Record<string, Compiler["made"]>,
): CompiledPolicy {
  // A decision that this release does not know blocks everybody.
  const known = DECISIONS.includes(source.decision);
  const decision = known ? source.decision : "deny";
  made[decision] ??= new Map();
  const compiler = { decision, groups, made: made[decision] };
  const sets = known ? source : { include: [null], require: [], exclude: [] };
  const required = decision === "non_identity" ? [PROVEN] : [];
  const compiled = compileSets(compiler, sets, decision === "deny" ? HIT : MISS, required);
  return { ...compiled, source: known ? source : { ...source, decision } };
}

const isFirst = ({ source }: CompiledPolicy): boolean =>
  source.decision === "bypass" || source.decision === "non_identity";

/** Every rule of a policy, those of its rule groups too. */
function* rulesIn(sets: CompiledSets, seen: Set<CompiledSets>): Generator<CompiledRule> {
  for (const rule of [...sets.include, ...sets.require, ...sets.exclude]) {
    yield rule;
    if (!rule.group || seen.has(rule.group)) continue;
    seen.add(rule.group);
    yield* rulesIn(rule.group, seen);
  }
}

/** What these policies may ask, each once. */
export function externalIn(policies: readonly CompiledPolicy[]): CompiledPolicies["external"] {
  const found = new Map<string, { evaluateUrl: string; keysUrl: string }>();
  const seen = new Set<CompiledSets>();
  for (const { rule, flaw } of policies.flatMap((policy) => [...rulesIn(policy, seen)])) {
    const asked = (rule as { external_evaluation?: { evaluate_url: string; keys_url: string } })
      ?.external_evaluation;
    if (!asked || flaw) continue;
    const { evaluate_url: evaluateUrl, keys_url: keysUrl } = asked;
    found.set(`${evaluateUrl} ${keysUrl}`, { evaluateUrl, keysUrl });
  }
  return [...found.values()];
}

/** What was compiled before for the same groups; one policy may judge a thousand applications. */
const known = new WeakMap<
  Groups,
  { policies: WeakMap<PolicySource, CompiledPolicy>; made: Record<string, Compiler["made"]> }
>();

/**
 * Makes policies ready to judge: rules become functions, and the policies stand in the order of
 * evaluation (Bypass and Service Auth first, then Allow and Block). A rule that cannot be evaluated
 * (unknown, not valid, in the wrong kind of policy, naming a group that is missing or contains
 * itself) counts as whatever lets nobody in: it misses in Include and Require, and hits in Exclude;
 * in Block the other way round; inside a rule group likewise. Never throws. The same objects are
 * compiled once, so they must not change afterwards.
 */
export function compilePolicies(
  policies: readonly PolicySource[],
  groups: Groups,
): CompiledPolicies {
  const before = known.get(groups) ?? { policies: new WeakMap(), made: {} };
  known.set(groups, before);
  const compiled = policies.map((source) => {
    const done = before.policies.get(source) ?? compilePolicy(source, groups, before.made);
    before.policies.set(source, done);
    return done;
  });
  const ordered = [...compiled.filter(isFirst), ...compiled.filter((one) => !isFirst(one))];
  return {
    ordered,
    external: externalIn(compiled),
    serviceAuth: compiled.some(({ source }) => source.decision === "non_identity"),
  };
}

/** The external evaluations that these policies may ask, each once. */
export const externalEvaluations = (compiled: CompiledPolicies) => [...compiled.external];

/** Whether a program with a service token has a way in. */
export const hasServiceAuth = (compiled: CompiledPolicies): boolean => compiled.serviceAuth;
