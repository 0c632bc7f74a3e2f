import "server-only";
import { desc, eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { users } from "@/db/schema/users";
import type { Viewer } from "@/lib/kit/actor";
import { listGroupsForRules } from "@/lib/scim/effects/group-values/store";
import { listSeenClaims } from "@/lib/test-runs/seen-claims/store";
import { identitySchema } from "@/lib/users/schema";
import { canonicalDomain } from "../email-address";
import { type Hint, MOST_HINTS, type RuleHints } from "./schema";
import { people, tally } from "./tally";

/** Those who signed in last tell enough, however many there are. */
const MOST_PEOPLE = 500;

const joined = (first: readonly Hint[], then: readonly Hint[]): Hint[] => {
  const known = new Set(first.map(({ value }) => value));
  return [...first, ...then.filter(({ value }) => !known.has(value))];
};

/** What people of one login method brought, and the names that its tests brought. */
export async function hintsOfMethod(viewer: Viewer, loginMethodId: string): Promise<RuleHints> {
  const db = await database();
  const [seen, pushed, rows] = await Promise.all([
    listSeenClaims(viewer, loginMethodId),
    listGroupsForRules(viewer, loginMethodId),
    db
      .select({ identity: users.identity })
      .from(users)
      .where(eq(users.loginMethodId, loginMethodId))
      .orderBy(sql`${users.lastLoginAt} desc nulls last`, desc(users.createdAt))
      .limit(MOST_PEOPLE),
  ]);
  const found = tally(
    rows.flatMap(({ identity }) => identitySchema.safeParse(identity).data ?? []),
  );
  const tested = seen.map(({ name, type }) => ({ value: name, detail: type }));
  const groups = pushed.map(({ name, value }) => ({
    value,
    detail: "SCIM",
    ...(name !== value && { label: name }),
  }));
  return {
    ...found,
    claims: joined(tested, found.claims),
    groups: joined(groups, found.groups),
    scim: groups.length > 0,
    domains: [],
  };
}

/** What the whole registry shares: the domains of email addresses, those of the most people first. */
export async function hintsOfRegistry(_viewer: Viewer): Promise<RuleHints> {
  const db = await database();
  const domain = sql<string>`lower(split_part(${users.email}, '@', 2))`;
  const rows = await db
    .select({ domain, count: sql<number>`count(*)::int` })
    .from(users)
    .groupBy(domain)
    .orderBy(sql`count(*) desc`, domain)
    .limit(MOST_HINTS);
  return {
    ...{ claims: [], groups: [], scim: false, values: [] },
    domains: rows
      .filter((row) => canonicalDomain(row.domain) !== null)
      .map((row) => ({ value: row.domain, detail: people(row.count) })),
  };
}
