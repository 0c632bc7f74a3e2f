import "server-only";
import { asc, eq, inArray, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { applicationPolicies, applications } from "@/db/schema/applications";
import { policies } from "@/db/schema/policies";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import { existingReferences } from "./library/store";
import { missingReferences } from "./references";
import { changedMeanwhile, gone, inUse, namesNothing, takenName, tooMany } from "./refusals";
import type { Policy, PolicyInput } from "./schema";

/** Cloudflare allows 500. */
const MOST_POLICIES = 5000;

type Row = typeof policies.$inferSelect;
type Usage = Map<string, Policy["usedBy"]>;

/** Which applications use which policies. */
async function usage(tx: Queryable, ids?: string[]): Promise<Usage> {
  const rows = await tx
    .select({
      policyId: applicationPolicies.policyId,
      id: applications.id,
      name: applications.name,
    })
    .from(applicationPolicies)
    .innerJoin(applications, eq(applications.id, applicationPolicies.applicationId))
    .where(ids && inArray(applicationPolicies.policyId, ids))
    .orderBy(asc(sql`lower(${applications.name})`));
  const found: Usage = new Map();
  for (const { policyId, ...user } of rows) {
    const users = found.get(policyId) ?? [];
    users.push(user);
    found.set(policyId, users);
  }
  return found;
}

const toDto = (row: Row, users: Usage): Policy => ({
  id: row.id,
  name: row.name,
  decision: row.decision,
  include: row.include as Policy["include"],
  require: row.require as Policy["require"],
  exclude: row.exclude as Policy["exclude"],
  sessionDuration: row.sessionDuration,
  version: row.version,
  usedBy: users.get(row.id) ?? [],
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export async function listPolicies(_viewer: Viewer): Promise<Policy[]> {
  const db = await database();
  const [rows, users] = await Promise.all([
    db.select().from(policies).orderBy(sql`lower(${policies.name})`),
    usage(db),
  ]);
  return rows.map((row) => toDto(row, users));
}

/** AppError `not_found` when there is none. */
export async function getPolicy(_viewer: Viewer, id: string): Promise<Policy> {
  const db = await database();
  const [row] = await db.select().from(policies).where(eq(policies.id, id));
  if (!row) throw gone("policy");
  return toDto(row, await usage(db, [id]));
}

const valuesOf = ({ session_duration, ...input }: PolicyInput) => ({
  ...input,
  sessionDuration: session_duration,
});

/** As the Admin log shows it: the names of Cloudflare's API. */
const audited = (
  row: Pick<Row, "name" | "decision" | "include" | "require" | "exclude" | "sessionDuration">,
) => ({
  name: row.name,
  decision: row.decision,
  include: row.include,
  require: row.require,
  exclude: row.exclude,
  session_duration: row.sessionDuration,
});

const target = (id: string, name: string) => ({ type: "policy", id, name });

async function refuseTaken(tx: Queryable, name: string, id: string | null): Promise<void> {
  const [other] = await tx
    .select({ id: policies.id })
    .from(policies)
    .where(sql`lower(${policies.name}) = lower(${name})`);
  if (other && other.id !== id) throw takenName("policy", name);
}

async function refuseMissing(tx: Queryable, input: PolicyInput): Promise<void> {
  const fields = missingReferences(input, await existingReferences(tx));
  if (fields) throw namesNothing(fields);
}

/**
 * Neither the limit nor a name can then be passed by two saves at once. Before any row is locked, or
 * two would wait for each other.
 */
const oneAtATime = (tx: Queryable) =>
  tx.execute(sql`lock table ${policies} in share row exclusive mode`);

export async function addPolicy(admin: Admin, input: PolicyInput): Promise<Policy> {
  const db = await database();
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    if ((await tx.$count(policies)) >= MOST_POLICIES) throw tooMany("policy", MOST_POLICIES);
    await refuseTaken(tx, input.name, null);
    await refuseMissing(tx, input);
    const [row] = await tx.insert(policies).values(valuesOf(input)).returning();
    if (!row) throw new Error("a policy was not inserted");
    await recordChange(tx, admin, {
      action: "policy.create",
      target: target(row.id, row.name),
      changes: diffOf(null, audited(row)),
    });
    return toDto(row, new Map());
  });
}

async function locked(tx: Queryable, id: string): Promise<Row> {
  const [row] = await tx.select().from(policies).where(eq(policies.id, id)).for("update");
  if (!row) throw gone("policy");
  return row;
}

/** Saves over the version that the admin saw; the gate judges by it from the next request on. */
export async function changePolicy(
  admin: Admin,
  { id, version, ...input }: PolicyInput & { id: string; version: number },
): Promise<Policy> {
  const db = await database();
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    const row = await locked(tx, id);
    if (row.version !== version) throw changedMeanwhile("policy");
    await refuseTaken(tx, input.name, id);
    await refuseMissing(tx, input);
    const users = await usage(tx, [id]);
    const next = { ...row, ...valuesOf(input) };
    const changes = diffOf(audited(row), audited(next));
    if (changes.length === 0) return toDto(row, users);
    const [saved] = await tx
      .update(policies)
      .set({ ...valuesOf(input), version: version + 1, updatedAt: sql`now()` })
      .where(eq(policies.id, id))
      .returning();
    if (!saved) throw gone("policy");
    await recordChange(tx, admin, {
      action: "policy.change",
      target: target(id, saved.name),
      changes,
    });
    return toDto(saved, users);
  });
}

/** Deletes a policy that no application uses; AppError `conflict` names those that do. */
export async function removePolicy(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    await oneAtATime(tx);
    const row = await locked(tx, id);
    const users = (await usage(tx, [id])).get(id) ?? [];
    if (users.length > 0) throw inUse(row.name, users);
    await tx.delete(policies).where(eq(policies.id, id));
    await recordChange(tx, admin, {
      action: "policy.remove",
      target: target(id, row.name),
      changes: diffOf(audited(row), null),
    });
  });
}
