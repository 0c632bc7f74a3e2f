import "server-only";
import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { applicationPolicies, applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { policies, ruleGroups } from "@/db/schema/policies";
import { users } from "@/db/schema/users";
import type { PersonIdentity } from "@/lib/users/schema";
import type { Groups, PolicySource } from "../../compile";
import type { RuleSets } from "../../schema";
import type { Guarded, Saved } from "../edit";

async function groupsNow(): Promise<Groups> {
  const db = await database();
  const rows = await db.select().from(ruleGroups);
  return new Map(
    rows.map(({ id, include, require, exclude }) => [
      id,
      { include, require, exclude } as RuleSets,
    ]),
  );
}

/** Stored policies by id. */
async function policiesNow(ids: readonly string[]): Promise<Map<string, PolicySource>> {
  if (ids.length === 0) return new Map();
  const db = await database();
  const rows = await db
    .select()
    .from(policies)
    .where(inArray(policies.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row as PolicySource]));
}

/** Without what an application looks like: a logo may be large. */
async function applicationsNow() {
  const db = await database();
  return db
    .select({
      id: applications.id,
      name: applications.name,
      enabled: applications.enabled,
      allowed: sql<string[] | null>`${applications.settings} -> 'allowed_idps'`,
    })
    .from(applications)
    .orderBy(sql`lower(${applications.name})`);
}

async function enabledMethods(): Promise<Set<string>> {
  const db = await database();
  const rows = await db
    .select({ id: loginMethods.id })
    .from(loginMethods)
    .where(eq(loginMethods.enabled, true));
  return new Set(rows.map(({ id }) => id));
}

/** What is saved now of all that decides who gets in where, and these policies beside. */
export async function savedNow(more: readonly string[] = []): Promise<Saved> {
  const db = await database();
  const [rows, links, groups, methods] = await Promise.all([
    applicationsNow(),
    db.select().from(applicationPolicies).orderBy(asc(applicationPolicies.precedence)),
    groupsNow(),
    enabledMethods(),
  ]);
  const sources = await policiesNow([
    ...new Set([...links.map(({ policyId }) => policyId), ...more]),
  ]);
  const linked = new Map<string, PolicySource[]>();
  for (const { applicationId, policyId } of links) {
    const source = sources.get(policyId);
    if (source) linked.set(applicationId, [...(linked.get(applicationId) ?? []), source]);
  }
  return {
    groups,
    policies: sources,
    enabledMethods: methods,
    applications: rows.map(
      ({ allowed, ...row }): Guarded => ({
        ...row,
        settings: { allowed_idps: allowed ?? [] },
        policies: linked.get(row.id) ?? [],
      }),
    ),
  };
}

/** Whether this very person is disabled in the user registry. */
export async function isDisabled({
  loginMethod,
  issuer,
  subject,
}: PersonIdentity): Promise<boolean> {
  const db = await database();
  const same = and(
    eq(users.loginMethodId, loginMethod.id),
    eq(users.issuer, issuer),
    eq(users.subject, subject),
    isNotNull(users.disabledAt),
  );
  return (await db.$count(users, same)) > 0;
}
