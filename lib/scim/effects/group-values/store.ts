import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { scimGroups } from "@/db/schema/scim";
import { findConnector } from "@/lib/connectors";
import type { Viewer } from "@/lib/kit/actor";

/**
 * What stands for a pushed group in the groups of a person, as an expression over `scim_groups g`: its
 * name, or for Entra ID, whose logins and rules know groups by object ID, its externalId.
 */
export const groupValue = (loginMethodKind: string): SQL =>
  findConnector(loginMethodKind)?.type === "azureAD"
    ? sql`coalesce(g.external_id, g.display_name)`
    : sql`g.display_name`;

const MOST = 1_000;

/** Groups that a login method pushed, with what a group rule about it compares with; at most 1,000. */
export async function listGroupsForRules(
  _viewer: Viewer,
  loginMethodId: string,
): Promise<{ name: string; value: string }[]> {
  const db = await database();
  const [method] = await db
    .select({ kind: loginMethods.kind })
    .from(loginMethods)
    .where(eq(loginMethods.id, loginMethodId));
  if (!method) return [];
  const { rows } = await db.execute<{ name: string; value: string }>(sql`
    select g.display_name as name, ${groupValue(method.kind)} as value
    from ${scimGroups} g where g.login_method_id = ${loginMethodId}
    order by g.display_name_key limit ${MOST}`);
  return rows;
}
