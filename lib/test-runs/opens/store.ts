import "server-only";
import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { applicationPolicies, applications } from "@/db/schema/applications";
import { users } from "@/db/schema/users";
import type { Viewer } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import type { PolicySource } from "@/lib/policies/compile";
import { loadNames } from "@/lib/policies/library/store";
import { personOfRun } from "@/lib/policies/tester/person-of-run";
import { groupsNow, policiesNow } from "@/lib/policies/tester/store";
import type { PersonIdentity } from "@/lib/users/schema";
import type { TestRun } from "../schema";
import { type Candidate, openingFor, opensFor } from "./judge";
import type { Openings } from "./schema";

const MOST_SHOWN = 100;
const RANK = { yes: 0, maybe: 1, no: 2 };

/** Without what an application looks like: a logo may be large. */
async function candidates(): Promise<Candidate[]> {
  const db = await database();
  const [rows, links] = await Promise.all([
    db
      .select({
        id: applications.id,
        name: applications.name,
        enabled: applications.enabled,
        allowed: sql<string[] | null>`${applications.settings} -> 'allowed_idps'`,
      })
      .from(applications)
      .orderBy(sql`lower(${applications.name})`),
    db.select().from(applicationPolicies).orderBy(asc(applicationPolicies.precedence)),
  ]);
  const sources = new Map(
    (await policiesNow([...new Set(links.map(({ policyId }) => policyId))])).map((source) => [
      source.id,
      source,
    ]),
  );
  const policies = new Map<string, PolicySource[]>();
  for (const { applicationId, policyId } of links) {
    const source = sources.get(policyId);
    if (source) policies.set(applicationId, [...(policies.get(applicationId) ?? []), source]);
  }
  return rows.map(({ allowed, ...row }) => ({
    ...row,
    settings: { allowed_idps: allowed ?? [] },
    policies: policies.get(row.id) ?? [],
  }));
}

async function isDisabled({ loginMethod, issuer, subject }: PersonIdentity): Promise<boolean> {
  const db = await database();
  const same = and(
    eq(users.loginMethodId, loginMethod.id),
    eq(users.issuer, issuer),
    eq(users.subject, subject),
    isNotNull(users.disabledAt),
  );
  return (await db.$count(users, same)) > 0;
}

const DISABLED = {
  message: "This person is disabled in the user registry, so no application opens.",
  fix: "Enable them under My Team > Users. This is what would open then.",
};

function personIn(run: TestRun): { person: PersonIdentity } | { problem: Openings["problem"] } {
  try {
    return { person: personOfRun(run) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { problem: { message: error.message, fix: error.fix ?? "" } };
  }
}

/** Which applications the identity of a test run would open as they are now, and why. */
export async function openingsOf(viewer: Viewer, run: TestRun): Promise<Openings> {
  const [all, groups, names] = await Promise.all([candidates(), groupsNow(), loadNames(viewer)]);
  const found = personIn(run);
  if ("problem" in found) {
    return { problem: found.problem, total: all.length, opening: 0, applications: [] };
  }
  const { person } = found;
  const judged = all.map((one) => ({ one, opens: opensFor(one, person, groups) }));
  judged.sort((a, b) => RANK[a.opens] - RANK[b.opens]);
  return {
    problem: (await isDisabled(person)) ? DISABLED : null,
    total: all.length,
    opening: judged.filter(({ opens }) => opens === "yes").length,
    applications: judged
      .slice(0, MOST_SHOWN)
      .map(({ one }) => openingFor(one, person, { groups, names })),
  };
}
