import "server-only";
import { sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { ruleGroups } from "@/db/schema/policies";
import { serviceTokens } from "@/db/schema/service-tokens";
import { findConnector } from "@/lib/connectors";
import type { Viewer } from "@/lib/kit/actor";
import { type NameLists, type Names, namesOf } from "../names";
import type { Existing } from "../references";

/** What rules may name, as the builder offers it. */
export interface Library {
  methods: { id: string; name: string; type: string; enabled: boolean }[];
  groups: { id: string; name: string }[];
  tokens: { id: string; name: string }[];
}

export async function ruleLibrary(_viewer: Viewer): Promise<Library> {
  const db = await database();
  const [methods, groups, tokens] = await Promise.all([
    db
      .select({
        id: loginMethods.id,
        name: loginMethods.name,
        kind: loginMethods.kind,
        enabled: loginMethods.enabled,
      })
      .from(loginMethods)
      .orderBy(sql`lower(${loginMethods.name})`),
    db
      .select({ id: ruleGroups.id, name: ruleGroups.name })
      .from(ruleGroups)
      .orderBy(sql`lower(${ruleGroups.name})`),
    db
      .select({ id: serviceTokens.id, name: serviceTokens.name })
      .from(serviceTokens)
      .orderBy(sql`lower(${serviceTokens.name})`),
  ]);
  return {
    methods: methods.map(({ kind, ...method }) => ({
      ...method,
      type: findConnector(kind)?.type ?? "oidc",
    })),
    groups,
    tokens,
  };
}

const byId = (rows: readonly { id: string; name: string }[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ id, name }) => [id, name]));

/** Names by id of all that rules may name. */
export const nameLists = ({ methods, groups, tokens }: Library): NameLists => ({
  loginMethods: byId(methods),
  ruleGroups: byId(groups),
  serviceTokens: byId(tokens),
});

export const loadNames = async (viewer: Viewer): Promise<Names> =>
  namesOf(nameLists(await ruleLibrary(viewer)));

/** What is there while a change is being saved: in its transaction, locked against deletion. */
export async function existingReferences(tx: Queryable): Promise<Existing> {
  const groups = await tx.select({ id: ruleGroups.id }).from(ruleGroups).for("share");
  const tokens = await tx.select({ id: serviceTokens.id }).from(serviceTokens).for("share");
  return {
    groups: new Set(groups.map(({ id }) => id)),
    serviceTokens: new Set(tokens.map(({ id }) => id)),
  };
}
