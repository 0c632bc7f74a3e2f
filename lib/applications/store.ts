import "server-only";
import { randomBytes } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { applicationPolicies, applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { pageTemplates } from "@/db/schema/page-templates";
import { policies } from "@/db/schema/policies";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import { installation } from "@/lib/team/store";
import { inputProblems } from "./input-problems";
import { changedMeanwhile, gone, problems, takenName, tooMany } from "./refusals";
import { audited, lockedRow, type Policies, policiesOf, target, toDto } from "./rows/store";
import { type Application, type ApplicationInput, MAX_APPLICATIONS } from "./schema";

export async function listApplications(_viewer: Viewer): Promise<Application[]> {
  const db = await database();
  const [rows, all] = await Promise.all([
    db.select().from(applications).orderBy(sql`lower(${applications.name})`),
    policiesOf(db),
  ]);
  return rows.map((row) => toDto(row, all));
}

/** AppError `not_found` when there is none. */
export async function getApplication(_viewer: Viewer, id: string): Promise<Application> {
  const db = await database();
  const [row] = await db.select().from(applications).where(eq(applications.id, id));
  if (!row) throw gone();
  return toDto(row, await policiesOf(db, [id]));
}

/**
 * Neither the limit, a name nor a host can then be passed by two saves at once. A lock of the table
 * would wait for the row of whoever switches an application off, who waits for the table.
 */
const oneAtATime = (tx: Queryable) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('applications', 0))`);

async function refuseProblems(
  tx: Queryable,
  input: ApplicationInput,
  id: string | null,
): Promise<void> {
  const others = await tx
    .select({
      id: applications.id,
      name: applications.name,
      destinations: applications.destinations,
    })
    .from(applications);
  const rest = others.filter((other) => other.id !== id);
  const taken = rest.find(({ name }) => name.toLowerCase() === input.name.toLowerCase());
  if (taken) throw takenName(input.name);
  const { consoleUrl, teamDomain } = await installation();
  const fields = inputProblems(input, {
    others: rest,
    ownNames: [consoleUrl, teamDomain].map((origin) => new URL(origin).hostname),
    loginMethods: new Set(
      (await tx.select({ id: loginMethods.id }).from(loginMethods)).map((row) => row.id),
    ),
    templates: new Map(
      (await tx.select({ id: pageTemplates.id, type: pageTemplates.type }).from(pageTemplates)).map(
        (row) => [row.id, row.type],
      ),
    ),
    policies: new Set(
      input.policies.length === 0
        ? []
        : (
            await tx
              .select({ id: policies.id })
              .from(policies)
              .where(inArray(policies.id, input.policies))
              .for("share")
          ).map((row) => row.id),
    ),
  });
  if (fields) throw problems(fields);
}

async function link(tx: Queryable, id: string, policyIds: readonly string[]): Promise<void> {
  await tx.delete(applicationPolicies).where(eq(applicationPolicies.applicationId, id));
  if (policyIds.length === 0) return;
  await tx
    .insert(applicationPolicies)
    .values(
      policyIds.map((policyId, index) => ({ applicationId: id, policyId, precedence: index + 1 })),
    );
}

export async function addApplication(
  admin: Admin,
  { policies: policyIds, ...input }: ApplicationInput,
): Promise<Application> {
  const db = await database();
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    if ((await tx.$count(applications)) >= MAX_APPLICATIONS) throw tooMany(MAX_APPLICATIONS);
    await refuseProblems(tx, { ...input, policies: policyIds }, null);
    const aud = randomBytes(32).toString("hex");
    const [row] = await tx
      .insert(applications)
      .values({ ...input, aud })
      .returning();
    if (!row) throw new Error("an application was not inserted");
    await link(tx, row.id, policyIds);
    await recordChange(tx, admin, {
      action: "application.create",
      target: target(row.id, row.name),
      changes: diffOf(null, audited(row, policyIds)),
    });
    return toDto(row, await policiesOf(tx, [row.id]));
  });
}

const idsIn = (all: Policies, id: string): string[] =>
  (all.get(id) ?? []).map((policy) => policy.id);

/** Saves over the version that the admin saw; the gate judges by it from the next request on. */
export async function changeApplication(
  admin: Admin,
  {
    id,
    version,
    policies: policyIds,
    ...input
  }: ApplicationInput & { id: string; version: number },
): Promise<Application> {
  const db = await database();
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    const row = await lockedRow(tx, id);
    if (row.version !== version) throw changedMeanwhile();
    await refuseProblems(tx, { ...input, policies: policyIds }, id);
    const before = await policiesOf(tx, [id]);
    const changes = diffOf(
      audited(row, idsIn(before, id)),
      audited({ ...row, ...input }, policyIds),
    );
    if (changes.length === 0) return toDto(row, before);
    const [saved] = await tx
      .update(applications)
      .set({ ...input, version: version + 1, updatedAt: sql`now()` })
      .where(eq(applications.id, id))
      .returning();
    if (!saved) throw gone();
    await link(tx, id, policyIds);
    await recordChange(tx, admin, {
      action: "application.change",
      target: target(id, saved.name),
      changes,
    });
    return toDto(saved, await policiesOf(tx, [id]));
  });
}

/** Its hosts are then covered by no application of it: nobody gets in there. */
export async function removeApplication(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const row = await lockedRow(tx, id);
    const before = idsIn(await policiesOf(tx, [id]), id);
    await tx.delete(applications).where(eq(applications.id, id));
    await recordChange(tx, admin, {
      action: "application.remove",
      target: target(id, row.name),
      changes: diffOf(audited(row, before), null),
    });
  });
}
