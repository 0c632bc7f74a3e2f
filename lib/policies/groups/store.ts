import "server-only";
import { eq, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { policies, ruleGroups } from "@/db/schema/policies";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { groupsNamedBy, isCyclic } from "../group-cycles";
import { existingReferences } from "../library/store";
import { missingReferences } from "../references";
import { changedMeanwhile, gone, inUse, namesNothing, takenName, tooMany } from "../refusals";
import { RULE_SETS, type RuleGroup, type RuleGroupInput } from "../schema";

/** Cloudflare allows 300. */
const MOST_GROUPS = 2000;

type Row = typeof ruleGroups.$inferSelect;
type Named = { id: string; name: string; names: Set<string> } & Pick<
  RuleGroup["usedBy"][number],
  "type"
>;

/** Everything that may name a rule group, with the groups that it names. */
async function everyUser(tx: Queryable): Promise<Named[]> {
  const [fromPolicies, fromGroups] = [
    await tx.select().from(policies).orderBy(sql`lower(${policies.name})`),
    await tx.select().from(ruleGroups).orderBy(sql`lower(${ruleGroups.name})`),
  ];
  const named =
    (type: Named["type"]) =>
    (row: { id: string; name: string } & Pick<Row, "include" | "require" | "exclude">): Named => ({
      type,
      id: row.id,
      name: row.name,
      names: new Set(groupsNamedBy(row)),
    });
  return [...fromPolicies.map(named("policy")), ...fromGroups.map(named("rule_group"))];
}

const usersOf = (all: readonly Named[], id: string): RuleGroup["usedBy"] =>
  all.flatMap(({ type, id: user, name, names }) =>
    names.has(id) ? [{ type, id: user, name }] : [],
  );

const toDto = (row: Row, all: readonly Named[]): RuleGroup => ({
  id: row.id,
  name: row.name,
  include: row.include as RuleGroup["include"],
  require: row.require as RuleGroup["require"],
  exclude: row.exclude as RuleGroup["exclude"],
  isDefault: row.isDefault,
  version: row.version,
  usedBy: usersOf(all, row.id),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export async function listGroups(_viewer: Viewer): Promise<RuleGroup[]> {
  const db = await database();
  const all = await everyUser(db);
  const rows = await db.select().from(ruleGroups).orderBy(sql`lower(${ruleGroups.name})`);
  return rows.map((row) => toDto(row, all));
}

/** AppError `not_found` when there is none. */
export async function getGroup(_viewer: Viewer, id: string): Promise<RuleGroup> {
  const db = await database();
  const [row] = await db.select().from(ruleGroups).where(eq(ruleGroups.id, id));
  if (!row) throw gone("access group");
  return toDto(row, await everyUser(db));
}

const valuesOf = ({ is_default, ...input }: RuleGroupInput) => ({
  ...input,
  isDefault: is_default,
});
const audited = ({
  name,
  include,
  require,
  exclude,
  isDefault,
}: Pick<Row, "name" | "include" | "require" | "exclude" | "isDefault">) => ({
  ...{ name, include, require, exclude },
  is_default: isDefault,
});
const target = (id: string, name: string) => ({ type: "rule_group", id, name });

/** No two saves may together make a group contain itself. */
const oneAtATime = (tx: Queryable) =>
  tx.execute(sql`lock table ${ruleGroups} in share row exclusive mode`);

async function refuseTaken(tx: Queryable, name: string, id: string | null): Promise<void> {
  const [other] = await tx
    .select({ id: ruleGroups.id })
    .from(ruleGroups)
    .where(sql`lower(${ruleGroups.name}) = lower(${name})`);
  if (other && other.id !== id) throw takenName("access group", name);
}

async function refuseMissing(tx: Queryable, input: RuleGroupInput): Promise<void> {
  const fields = missingReferences(input, await existingReferences(tx));
  if (fields) throw namesNothing(fields);
}

/** The rules that close a circle, by dotted path. */
async function refuseCycle(tx: Queryable, id: string, input: RuleGroupInput): Promise<void> {
  const rows = await tx.select().from(ruleGroups);
  const groups = new Map<string, Pick<Row, "include" | "require" | "exclude">>(
    rows.map((row) => [row.id, row]),
  );
  groups.set(id, input);
  if (!isCyclic(id, groups)) return;
  const message = "This access group contains the one that you are editing";
  const fields: Record<string, string[]> = {};
  for (const set of RULE_SETS) {
    for (const [index, rule] of input[set].entries()) {
      if (!("group" in rule)) continue;
      const inner = rule.group.id;
      const alone = { ...input, include: [], require: [], exclude: [], [set]: [rule] };
      groups.set(id, alone);
      if (inner === id || isCyclic(id, groups)) fields[`${set}.${index}`] = [message];
    }
  }
  throw new AppError("invalid_input", "An access group cannot contain itself.", { fields });
}

export async function addGroup(admin: Admin, input: RuleGroupInput): Promise<RuleGroup> {
  const db = await database();
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    if ((await tx.$count(ruleGroups)) >= MOST_GROUPS) throw tooMany("access group", MOST_GROUPS);
    await refuseTaken(tx, input.name, null);
    await refuseMissing(tx, input);
    const [row] = await tx.insert(ruleGroups).values(valuesOf(input)).returning();
    if (!row) throw new Error("an access group was not inserted");
    await recordChange(tx, admin, {
      action: "rule_group.create",
      target: target(row.id, row.name),
      changes: diffOf(null, audited(row)),
    });
    return toDto(row, []);
  });
}

async function locked(tx: Queryable, id: string): Promise<Row> {
  const [row] = await tx.select().from(ruleGroups).where(eq(ruleGroups.id, id)).for("update");
  if (!row) throw gone("access group");
  return row;
}

/** Saves over the version that the admin saw; every policy that names it judges by it at once. */
export async function changeGroup(
  admin: Admin,
  { id, version, ...input }: RuleGroupInput & { id: string; version: number },
): Promise<RuleGroup> {
  const db = await database();
  return db.transaction(async (tx) => {
    await oneAtATime(tx);
    const row = await locked(tx, id);
    if (row.version !== version) throw changedMeanwhile("access group");
    await refuseTaken(tx, input.name, id);
    await refuseMissing(tx, input);
    await refuseCycle(tx, id, input);
    const changes = diffOf(audited(row), audited({ ...row, ...valuesOf(input) }));
    if (changes.length === 0) return toDto(row, await everyUser(tx));
    const [saved] = await tx
      .update(ruleGroups)
      .set({ ...valuesOf(input), version: version + 1, updatedAt: sql`now()` })
      .where(eq(ruleGroups.id, id))
      .returning();
    if (!saved) throw gone("access group");
    await recordChange(tx, admin, {
      action: "rule_group.change",
      target: target(id, saved.name),
      changes,
    });
    return toDto(saved, await everyUser(tx));
  });
}

/** Deletes one that nothing names; AppError `conflict` names what does. */
export async function removeGroup(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    await tx.execute(sql`lock table ${policies} in share row exclusive mode`);
    await oneAtATime(tx);
    const row = await locked(tx, id);
    const users = usersOf(await everyUser(tx), id);
    if (users.length > 0) throw inUse(row.name, users);
    await tx.delete(ruleGroups).where(eq(ruleGroups.id, id));
    await recordChange(tx, admin, {
      action: "rule_group.remove",
      target: target(id, row.name),
      changes: diffOf(audited(row), null),
    });
  });
}
