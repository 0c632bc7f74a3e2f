import "server-only";
import { randomBytes } from "node:crypto";
import { asc, eq, inArray, sql } from "drizzle-orm";
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
import {
  type Application,
  type ApplicationInput,
  applicationSettingsSchema,
  MAX_APPLICATIONS,
} from "./schema";

type Row = typeof applications.$inferSelect;
type Policies = Map<string, Application["policies"]>;

async function policiesOf(tx: Queryable, id?: string): Promise<Policies> {
  const rows = await tx
    .select({
      applicationId: applicationPolicies.applicationId,
      precedence: applicationPolicies.precedence,
      id: policies.id,
      name: policies.name,
      decision: policies.decision,
    })
    .from(applicationPolicies)
    .innerJoin(policies, eq(policies.id, applicationPolicies.policyId))
    .where(id ? eq(applicationPolicies.applicationId, id) : undefined)
    .orderBy(asc(applicationPolicies.precedence));
  const found: Policies = new Map();
  for (const { applicationId, ...policy } of rows) {
    const list = found.get(applicationId) ?? [];
    list.push(policy);
    found.set(applicationId, list);
  }
  return found;
}

const toDto = (row: Row, all: Policies): Application => ({
  id: row.id,
  aud: row.aud,
  name: row.name,
  enabled: row.enabled,
  destinations: row.destinations,
  settings: applicationSettingsSchema.parse(row.settings),
  policies: all.get(row.id) ?? [],
  tokenEpoch: row.tokenEpoch,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

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
  return toDto(row, await policiesOf(db, id));
}

/** As the Admin log shows it: the names of Cloudflare's API. A logo is too large for it. */
const audited = (row: Pick<Row, "name" | "destinations" | "settings">, policyIds: string[]) => {
  const { logo_url: logo, ...settings } = applicationSettingsSchema.parse(row.settings);
  return {
    name: row.name,
    destinations: row.destinations,
    ...settings,
    logo_url: logo?.startsWith("data:") ? "an image" : logo,
    policies: policyIds,
  };
};

const target = (id: string, name: string) => ({ type: "application", id, name });

/** Neither the limit, a name nor a host can then be passed by two saves at once. */
const oneAtATime = (tx: Queryable) =>
  tx.execute(sql`lock table ${applications} in share row exclusive mode`);

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
    ownHosts: [consoleUrl, teamDomain].map((origin) => new URL(origin).host),
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
    return toDto(row, await policiesOf(tx, row.id));
  });
}

async function locked(tx: Queryable, id: string): Promise<Row> {
  const [row] = await tx.select().from(applications).where(eq(applications.id, id)).for("update");
  if (!row) throw gone();
  return row;
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
    const row = await locked(tx, id);
    if (row.version !== version) throw changedMeanwhile();
    await refuseProblems(tx, { ...input, policies: policyIds }, id);
    const before = await policiesOf(tx, id);
    const changes = diffOf(
      audited(row, idsIn(before, id)),
      audited({ ...row, ...input }, policyIds),
    );
    const sameLogo = row.settings.logo_url === input.settings.logo_url;
    if (changes.length === 0 && sameLogo) return toDto(row, before);
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
    return toDto(saved, await policiesOf(tx, id));
  });
}

/** Its hosts are then covered by no application of it: nobody gets in there. */
export async function removeApplication(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const row = await locked(tx, id);
    const before = idsIn(await policiesOf(tx, id), id);
    await tx.delete(applications).where(eq(applications.id, id));
    await recordChange(tx, admin, {
      action: "application.remove",
      target: target(id, row.name),
      changes: diffOf(audited(row, before), null),
    });
  });
}
