import "server-only";
import { createHash } from "node:crypto";
import { asc, eq, inArray } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { applicationPolicies, applications } from "@/db/schema/applications";
import { policies } from "@/db/schema/policies";
import { gone } from "../refusals";
import { type Application, applicationSettingsSchema } from "../schema";

export type Row = typeof applications.$inferSelect;
export type Policies = Map<string, Application["policies"]>;

/** The policies of these applications, or of all, in their order. */
export async function policiesOf(tx: Queryable, ids?: readonly string[]): Promise<Policies> {
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
    .where(ids && inArray(applicationPolicies.applicationId, [...ids]))
    .orderBy(asc(applicationPolicies.precedence));
  const found: Policies = new Map();
  for (const { applicationId, ...policy } of rows) {
    const list = found.get(applicationId) ?? [];
    list.push(policy);
    found.set(applicationId, list);
  }
  return found;
}

export const toDto = (row: Row, all: Policies): Application => ({
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

/** The stored row, which nobody else changes until the transaction ends. */
export async function lockedRow(tx: Queryable, id: string): Promise<Row> {
  const [row] = await tx.select().from(applications).where(eq(applications.id, id)).for("update");
  if (!row) throw gone();
  return row;
}

/** An image is too large for the Admin log; its digest tells one from another. */
function auditedLogo(logo: string | null): string | null {
  if (!logo?.startsWith("data:")) return logo;
  return `an image (${createHash("sha256").update(logo).digest("hex").slice(0, 8)})`;
}

/** As the Admin log shows it: the names of Cloudflare's API. */
export const audited = (
  row: Pick<Row, "name" | "destinations" | "settings">,
  policyIds: readonly string[],
) => {
  const settings = applicationSettingsSchema.parse(row.settings);
  return {
    name: row.name,
    destinations: row.destinations,
    ...settings,
    logo_url: auditedLogo(settings.logo_url),
    policies: policyIds,
  };
};

export const target = (id: string, name: string) => ({ type: "application", id, name });
