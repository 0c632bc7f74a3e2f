import "server-only";
import { setImmediate } from "node:timers/promises";
import { desc, eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { testRuns } from "@/db/schema/test-runs";
import type { AccessEntry } from "@/lib/access-log/schema";
import { getAccess } from "@/lib/access-log/store";
import { asAdmin } from "@/lib/admins/capability";
import type { Viewer } from "@/lib/kit/actor";
import { AppError, isAppError } from "@/lib/kit/errors";
import { openLoginMethod } from "@/lib/login-methods/store";
import { mapIdentity } from "@/lib/oidc/identity";
import { getTestRun } from "@/lib/test-runs/store";
import { identityOf } from "@/lib/users/identity";
import { identitySchema, type PersonIdentity } from "@/lib/users/schema";
import { eachPerson, getUser } from "@/lib/users/store";
import { type CompiledPolicies, compilePolicies, externalEvaluations } from "../compile";
import { explain } from "../explain";
import { loadNames } from "../library/store";
import { compare } from "./compare";
import { editOf } from "./edit";
import { personOfRun } from "./person-of-run";
import { judgeIn, placesFor } from "./places";
import { sampleClaims } from "./sample-claims";
import { isDisabled, savedNow } from "./saved/store";
import type {
  TestedEntry,
  TestedEveryone,
  TestedPerson,
  TestPlace,
  TestSubject,
  TestWho,
} from "./schema";

/** Policies that a test needs whether or not an application uses them. */
const policiesOf = (subject: TestSubject): string[] => {
  if (subject.type === "application") return subject.policies;
  return subject.type === "policy" && subject.id ? [subject.id] : [];
};

function personOfEntry({ identity }: AccessEntry): PersonIdentity {
  if (identity) return identity;
  throw new AppError("not_found", "That entry of the Access log holds no identity.", {
    fix: "Choose an entry about a person who had signed in.",
  });
}

async function personOf(viewer: Viewer, who: TestWho): Promise<PersonIdentity> {
  switch (who.by) {
    case "user":
      return identitySchema.parse((await getUser(viewer, who.userId)).identity);
    case "run":
      return personOfRun(await getTestRun(viewer, who.runId));
    case "entry":
      return personOfEntry(await getAccess(viewer, who.entryId));
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

/** How what stands on a page judges one person, rule by rule. AppError for what cannot be read. */
export async function testPerson(
  viewer: Viewer,
  { subject, who, place }: { subject: TestSubject; who: TestWho; place: TestPlace },
): Promise<TestedPerson> {
  const [saved, person, names] = await Promise.all([
    savedNow(policiesOf(subject)),
    personOf(viewer, who),
    loadNames(viewer),
  ]);
  const { rules, places } = editOf(saved, subject);
  const context = { person, serviceTokenId: null, ...place, external: {}, partial: true };
  const asking = {
    loginMethodId: person.loginMethod.id,
    personDisabled: await isDisabled(person),
    enabledMethods: saved.enabledMethods,
  };
  const [only] = places;
  const judged = rules?.after ?? only?.after.policies ?? compilePolicies([], saved.groups);
  return {
    email: person.email,
    name: person.name,
    loginMethod: person.loginMethod.name,
    explanation: explain(judged, context, names),
    admission: rules || !only ? null : judgeIn(only, context, asking).now,
    ...placesFor(rules ? places : [], { person, context, asking, names }),
    notes: notesOf(judged, person),
  };
}

/** Judgements in a row: this process answers for the gate too, which must not wait for long. */
const AT_ONCE = 10_000;

/** Who of the registry would gain and lose by the edit on a page. */
export async function testEveryone(viewer: Viewer, subject: TestSubject): Promise<TestedEveryone> {
  const [saved, names] = await Promise.all([savedNow(policiesOf(subject)), loadNames(viewer)]);
  const { enabledMethods } = saved;
  const edit = editOf(saved, subject);
  const comparison = compare(edit, { enabledMethods, names });
  let judged = 0;
  for await (const people of eachPerson(viewer)) {
    for (const { id, identity } of people) {
      comparison.add(id, identity);
      judged += 1 + 2 * edit.places.length;
      if (judged < AT_ONCE) continue;
      judged = 0;
      await setImmediate();
    }
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

/** An entry of the Access log about a person; null for any other, and for one that is gone. */
export async function entryToTest(viewer: Viewer, id: number): Promise<TestedEntry | null> {
  const entry = await getAccess(viewer, id).catch((error: unknown) => {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  });
  if (!entry?.identity) return null;
  const { ref, at, ip, country, identity } = entry;
  return {
    id,
    ref,
    at,
    ip,
    country,
    email: identity.email,
    loginMethod: identity.loginMethod.name,
  };
}
