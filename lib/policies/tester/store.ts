import "server-only";
import { asc, desc, eq, inArray, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { applicationPolicies } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { policies, ruleGroups } from "@/db/schema/policies";
import { testRuns } from "@/db/schema/test-runs";
import { asAdmin } from "@/lib/admins/capability";
import type { Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { openLoginMethod } from "@/lib/login-methods/store";
import { mapIdentity } from "@/lib/oidc/identity";
import { getTestRun } from "@/lib/test-runs/store";
import { identityOf } from "@/lib/users/identity";
import { identitySchema, type PersonIdentity } from "@/lib/users/schema";
import { eachPerson, getUser } from "@/lib/users/store";
import {
  type CompiledPolicies,
  compilePolicies,
  externalEvaluations,
  type Groups,
  type PolicySource,
} from "../compile";
import { explain } from "../explain";
import { loadNames } from "../library/store";
import { policyInputSchema, type RuleSets } from "../schema";
import { compare } from "./compare";
import { personOfRun } from "./person-of-run";
import { sampleClaims } from "./sample-claims";
import type { TestedEveryone, TestedPerson, TestPlace, TestSubject, TestWho } from "./schema";

export async function groupsNow(): Promise<Groups> {
  const db = await database();
  const rows = await db.select().from(ruleGroups);
  return new Map(
    rows.map(({ id, include, require, exclude }) => [
      id,
      { include, require, exclude } as RuleSets,
    ]),
  );
}

/** Stored policies by id, in the order asked for. */
export async function policiesNow(ids: readonly string[]): Promise<PolicySource[]> {
  if (ids.length === 0) return [];
  const db = await database();
  const rows = await db
    .select()
    .from(policies)
    .where(inArray(policies.id, [...ids]));
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    return row ? [row as PolicySource] : [];
  });
}

/** The unsaved policy of a form. A name is not needed to try it. */
function draftPolicy(id: string | null, values: unknown): PolicySource {
  const named = { ...(values as object) } as { name?: unknown };
  const name = typeof named.name === "string" && named.name.trim() ? named.name : "This policy";
  const parsed = policyInputSchema.safeParse({ ...named, name });
  if (!parsed.success) {
    throw new AppError("invalid_input", "There is a problem with the rules on this page.", {
      fix: "Press Save to see what is wrong. Nothing is saved while it is.",
      fields: { rules: parsed.error.issues.map(({ message }) => message) },
    });
  }
  const { session_duration: sessionDuration, ...rest } = parsed.data;
  return { ...rest, id: id ?? "new", sessionDuration };
}

/** What stands on the page, and what is saved of it. */
async function compiled(
  subject: TestSubject,
): Promise<{ before: CompiledPolicies | null; after: CompiledPolicies }> {
  const groups = await groupsNow();
  if (subject.type === "policy") {
    const saved = subject.id ? await policiesNow([subject.id]) : [];
    return {
      before: saved.length > 0 ? compilePolicies(saved, groups) : null,
      after: compilePolicies([draftPolicy(subject.id, subject.values)], groups),
    };
  }
  const after = compilePolicies(await policiesNow(subject.policies), groups);
  if (!subject.id) return { before: null, after };
  const db = await database();
  const links = await db
    .select({ id: applicationPolicies.policyId })
    .from(applicationPolicies)
    .where(eq(applicationPolicies.applicationId, subject.id))
    .orderBy(asc(applicationPolicies.precedence));
  const before = compilePolicies(await policiesNow(links.map(({ id }) => id)), groups);
  return { before, after };
}

async function personOf(viewer: Viewer, who: TestWho): Promise<PersonIdentity> {
  switch (who.by) {
    case "user":
      return identitySchema.parse((await getUser(viewer, who.userId)).identity);
    case "run":
      return personOfRun(await getTestRun(viewer, who.runId));
    case "claims": {
      const method = await openLoginMethod(asAdmin(viewer), who.loginMethodId);
      const claims = sampleClaims(who.claims);
      const { identity } = mapIdentity(method.connection, { idToken: claims, userInfo: null });
      const { id, name, kind } = method;
      return identityOf(identity, { id, name, kind }, "pasted claims");
    }
  }
}

const notesOf = (policiesTested: CompiledPolicies, person: PersonIdentity): string[] => [
  ...(externalEvaluations(policiesTested).length > 0
    ? ["External evaluations are not asked in a test: a rule about one counts as open."]
    : []),
  ...(person.claims.length === 0
    ? [
        "This identity has no custom claims: rules about an OIDC claim need it among OIDC Claims of the login method.",
      ]
    : []),
];

/** How the policies on a page judge one person, rule by rule. AppError for what cannot be read. */
export async function testPerson(
  viewer: Viewer,
  { subject, who, place }: { subject: TestSubject; who: TestWho; place: TestPlace },
): Promise<TestedPerson> {
  const [{ after }, person, names] = await Promise.all([
    compiled(subject),
    personOf(viewer, who),
    loadNames(viewer),
  ]);
  const context = { person, serviceTokenId: null, ...place, external: {}, partial: true };
  return {
    email: person.email,
    name: person.name,
    loginMethod: person.loginMethod.name,
    explanation: explain(after, context, names),
    notes: notesOf(after, person),
  };
}

/** Who of the registry would gain and lose by the edit on a page. */
export async function testEveryone(viewer: Viewer, subject: TestSubject): Promise<TestedEveryone> {
  const [{ before, after }, names] = await Promise.all([compiled(subject), loadNames(viewer)]);
  const comparison = compare(before, after, names);
  for await (const people of eachPerson(viewer)) {
    for (const { id, identity } of people) comparison.add(id, identity);
  }
  return comparison.result();
}

/** Past tests that brought an identity: the wanted one, then the newest. */
export async function identityRuns(_viewer: Viewer, wanted: string | null) {
  const db = await database();
  const email = sql<string>`${testRuns.outcome} #>> '{identity,email,value}'`;
  const rows = await db
    .select({ id: testRuns.id, email, loginMethod: loginMethods.name, at: testRuns.createdAt })
    .from(testRuns)
    .innerJoin(loginMethods, eq(loginMethods.id, testRuns.loginMethodId))
    .where(sql`${email} is not null`)
    .orderBy(...(wanted ? [desc(eq(testRuns.id, wanted))] : []), desc(testRuns.createdAt))
    .limit(50);
  return rows.map(({ at, ...run }) => ({ ...run, at: at.toISOString() }));
}
