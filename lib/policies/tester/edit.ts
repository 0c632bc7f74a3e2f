import { AppError } from "@/lib/kit/errors";
import {
  type CompiledPolicies,
  type CompiledPolicy,
  compilePolicies,
  type Groups,
  type PolicySource,
} from "../compile";
import { groupsNamedBy } from "../group-cycles";
import { policyInputSchema, ruleGroupInputSchema } from "../schema";
import type { TestSubject } from "./schema";

/** An application, as far as it decides who gets in. */
export interface Guarded {
  id: string;
  name: string;
  enabled: boolean;
  settings: { allowed_idps: readonly string[] };
  /** In the order of precedence. */
  policies: readonly PolicySource[];
}

/** All that is saved and decides who gets in where. */
export interface Saved {
  groups: Groups;
  policies: ReadonlyMap<string, PolicySource>;
  enabledMethods: ReadonlySet<string>;
  /** By name. */
  applications: readonly Guarded[];
}

export interface Standing {
  application: Guarded;
  policies: CompiledPolicies;
}

/** One application with what is saved (null for a new one) and with what stands on the page. */
export interface Place {
  id: string;
  name: string;
  before: Standing | null;
  after: Standing;
}

/** What an edit that is not saved comes to. */
export interface Edit {
  /** The policy or the access group alone; null for an application. */
  rules: { before: CompiledPolicies | null; after: CompiledPolicies } | null;
  /** The policies that judge otherwise by it, as saved and as edited; null where any might. */
  touched: readonly (readonly [CompiledPolicy, CompiledPolicy])[] | null;
  /** The applications that it counts in. */
  places: readonly Place[];
}

function problemsOf(issues: readonly { message: string }[]): AppError {
  return new AppError("invalid_input", "There is a problem with the rules on this page.", {
    fix: "Press Save to see what is wrong. Nothing is saved while it is.",
    fields: { rules: issues.map(({ message }) => message) },
  });
}

/** A name is not needed to try a thing. */
function named(values: unknown, name: string): object {
  const given = { ...(values as object) } as { name?: unknown };
  return {
    ...given,
    name: typeof given.name === "string" && given.name.trim() ? given.name : name,
  };
}

function draftPolicy(id: string | null, values: unknown): PolicySource {
  const parsed = policyInputSchema.safeParse(named(values, "This policy"));
  if (!parsed.success) throw problemsOf(parsed.error.issues);
  const { session_duration: sessionDuration, ...rest } = parsed.data;
  return { ...rest, id: id ?? "new", sessionDuration };
}

/** A rule group alone is judged as a policy that lets in whom it matches. */
function draftGroup(id: string | null, values: unknown): PolicySource {
  const parsed = ruleGroupInputSchema.safeParse(named(values, "This access group"));
  if (!parsed.success) throw problemsOf(parsed.error.issues);
  const { name, include, require, exclude } = parsed.data;
  return {
    ...{ id: id ?? "new", name, decision: "allow", sessionDuration: null },
    ...{ include, require, exclude },
  };
}

const alone = (source: PolicySource, groups: Groups): CompiledPolicies =>
  compilePolicies([source], groups);

function pairs(
  sources: readonly (readonly [PolicySource, PolicySource])[],
  before: Groups,
  after: Groups,
): [CompiledPolicy, CompiledPolicy][] {
  return sources.flatMap(([saved, edited]) => {
    const [was] = alone(saved, before).ordered;
    const [now] = alone(edited, after).ordered;
    return was && now ? [[was, now]] : [];
  });
}

const standing = (application: Guarded, groups: Groups): Standing => ({
  application,
  policies: compilePolicies(application.policies, groups),
});

function editOfPolicy({ groups, policies, applications }: Saved, draft: PolicySource): Edit {
  const saved = policies.get(draft.id);
  const users = applications.filter((one) => one.policies.some(({ id }) => id === draft.id));
  return {
    rules: { before: saved ? alone(saved, groups) : null, after: alone(draft, groups) },
    touched: saved ? pairs([[saved, draft]], groups, groups) : [],
    places: users.map((one) => ({
      ...{ id: one.id, name: one.name, before: standing(one, groups) },
      after: standing(
        { ...one, policies: one.policies.map((policy) => (policy === saved ? draft : policy)) },
        groups,
      ),
    })),
  };
}

/** Ids of the groups that contain one, be it through others; itself too. */
function groupsReaching(id: string, groups: Groups): Set<string> {
  const reaching = new Set([id]);
  for (let size = 0; size < reaching.size; ) {
    size = reaching.size;
    for (const [outer, sets] of groups) {
      if (groupsNamedBy(sets).some((inner) => reaching.has(inner))) reaching.add(outer);
    }
  }
  return reaching;
}

function editOfGroup({ groups, applications }: Saved, draft: PolicySource): Edit {
  const saved = groups.get(draft.id);
  const edited = saved ? new Map(groups).set(draft.id, draft) : groups;
  const reaching = groupsReaching(draft.id, groups);
  const isTouched = (policy: PolicySource): boolean =>
    groupsNamedBy(policy).some((id) => reaching.has(id));
  const users = applications.filter(({ policies }) => policies.some(isTouched));
  const touched = new Set(users.flatMap(({ policies }) => policies.filter(isTouched)));
  return {
    rules: {
      before: saved ? alone({ ...draft, ...saved }, groups) : null,
      after: alone(draft, edited),
    },
    touched: pairs(
      [...touched].map((policy) => [policy, policy] as const),
      groups,
      edited,
    ),
    places: users.map((one) => ({
      ...{ id: one.id, name: one.name },
      before: standing(one, groups),
      after: standing(one, edited),
    })),
  };
}

function editOfApplication(
  { groups, policies, applications }: Saved,
  subject: Extract<TestSubject, { type: "application" }>,
): Edit {
  const saved = applications.find(({ id }) => id === subject.id);
  const edited: Guarded = {
    ...(saved ?? { id: "new", name: "This application", enabled: true }),
    settings: { allowed_idps: subject.allowed_idps },
    policies: subject.policies.flatMap((id) => policies.get(id) ?? []),
  };
  const { id, name } = edited;
  const before = saved ? standing(saved, groups) : null;
  return {
    rules: null,
    touched: null,
    places: [{ id, name, before, after: standing(edited, groups) }],
  };
}

/** Sets what stands on a page against what is saved. AppError `invalid_input` for rules that are wrong. */
export function editOf(saved: Saved, subject: TestSubject): Edit {
  switch (subject.type) {
    case "policy":
      return editOfPolicy(saved, draftPolicy(subject.id, subject.values));
    case "rule_group":
      return editOfGroup(saved, draftGroup(subject.id, subject.values));
    case "application":
      return editOfApplication(saved, subject);
  }
}
