import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { scimGroups, scimMembers, scimUsers } from "@/db/schema/scim";
import { useTestDatabase } from "@/db/testing";
import { insertLoginMethod } from "@/db/testing-rows";
import { GROUP_URN, type ResourceType, USER_URN } from "../schema";
import { isScimError } from "../scim-error";
import type { Filter } from "./filter";
import { matches } from "./matches";
import { parseFilter } from "./parse";
import { filterToSql } from "./store";
import { filterTexts, groupRow, INSTANTS, userRow } from "./testing";

useTestDatabase();

interface Resource extends Record<string, unknown> {
  id: string;
}
interface World {
  loginMethodId: string;
  resources: Record<ResourceType, Resource[]>;
}

/** The same at every run, as the seed is. */
const idOf = (kind: 1 | 2, index: number): string =>
  `00000000-0000-4000-800${kind}-${index.toString(16).padStart(12, "0")}`;
const instant = (index: number) => new Date(INSTANTS[index] ?? 0);
const extensionsIn = (attributes: object) =>
  Object.keys(attributes).filter((name) => /^urn:/i.test(name));
const emailsIn = (values: unknown): string[] =>
  (Array.isArray(values) ? values : []).flatMap((each: { value?: unknown } | null) =>
    typeof each?.value === "string" ? [each.value.toLowerCase()] : [],
  );

/** Users and Groups, some inside others, in the database and as a client would read them. */
async function insertWorld(seed: number, users: number, groups: number): Promise<World> {
  const db = await database();
  const { id: loginMethodId } = await insertLoginMethod();
  const userRows = fc.sample(userRow, { seed, numRuns: users }).map((each, index) => ({
    ...{ id: idOf(1, index), loginMethodId, userName: `${each.name}.${index}` },
    ...{ userNameKey: `${each.name}.${index}`.toLowerCase(), externalId: each.externalId },
    ...{ active: each.active, attributes: each.attributes as Record<string, unknown> },
    ...{ emails: emailsIn(each.attributes.emails), version: each.version },
    ...{ createdAt: instant(each.created), updatedAt: instant(each.modified) },
  }));
  const groupRows = fc.sample(groupRow, { seed, numRuns: groups }).map((each, index) => ({
    ...{ id: idOf(2, index), loginMethodId, displayName: `${each.name}.${index}` },
    ...{ displayNameKey: `${each.name}.${index}`.toLowerCase(), externalId: each.externalId },
    ...{ attributes: each.attributes as Record<string, unknown>, version: each.version },
    ...{ createdAt: instant(each.created), updatedAt: instant(each.modified) },
  }));
  const memberRows = groupRows.flatMap(({ id: groupId }, index) => [
    ...userRows
      .filter((_, at) => (at * 7 + index * 3) % groups < 2)
      .map(({ id: userId }) => ({ groupId, userId, childId: null })),
    ...groupRows
      .filter((_, at) => at > index && (at + index) % 4 === 0)
      .map(({ id: childId }) => ({ groupId, userId: null, childId })),
  ]);
  await db.insert(scimUsers).values(userRows);
  await db.insert(scimGroups).values(groupRows);
  await db.insert(scimMembers).values(memberRows);

  const groupName = new Map<string | null, string>(
    groupRows.map(({ id, displayName }) => [id, displayName]),
  );
  const userById = new Map<string | null, (typeof userRows)[number]>(
    userRows.map((each) => [each.id, each]),
  );
  const above = (id: string | null, isDirect = true): Map<string, boolean> => {
    const found = new Map<string, boolean>();
    for (const member of memberRows) {
      if ((member.userId ?? member.childId) !== id) continue;
      found.set(member.groupId, (found.get(member.groupId) ?? false) || isDirect);
      for (const [group] of above(member.groupId, false)) {
        if (!found.has(group)) found.set(group, false);
      }
    }
    return found;
  };
  const meta = (
    type: ResourceType,
    { version, createdAt, updatedAt }: (typeof userRows | typeof groupRows)[number],
  ) => ({
    ...{
      resourceType: type,
      created: createdAt.toISOString(),
      lastModified: updatedAt.toISOString(),
    },
    version: `W/"${version}"`,
  });
  const outer = (externalId: string | null) => (externalId === null ? {} : { externalId });
  return {
    loginMethodId,
    resources: {
      User: userRows.map((each) => ({
        ...{ schemas: [USER_URN, ...extensionsIn(each.attributes)], id: each.id },
        ...{ ...outer(each.externalId), userName: each.userName, ...each.attributes },
        active: each.active,
        groups: [...above(each.id)].map(([value, direct]) => ({
          ...{ value, display: groupName.get(value), type: direct ? "direct" : "indirect" },
        })),
        meta: meta("User", each),
      })),
      Group: groupRows.map((each) => ({
        ...{ schemas: [GROUP_URN, ...extensionsIn(each.attributes)], id: each.id },
        ...{ ...outer(each.externalId), displayName: each.displayName, ...each.attributes },
        members: memberRows
          .filter(({ groupId }) => groupId === each.id)
          .map(({ userId, childId }) => {
            const person = userById.get(userId);
            const { displayName } = person?.attributes ?? {};
            return {
              ...{ value: userId ?? childId, type: userId ? "User" : "Group" },
              display:
                (displayName as string | null | undefined) ??
                person?.userName ??
                groupName.get(childId),
            };
          }),
        meta: meta("Group", each),
      })),
    },
  };
}

const SEED = 20261129;
let world: Awaited<ReturnType<typeof insertWorld>>;
beforeAll(async () => {
  world = await insertWorld(SEED, 120, 20);
});

/** Undefined for a filter that is refused. */
function unlessRefused<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (isScimError(error) && error.scimType === "invalidFilter") return undefined;
    throw error;
  }
}

async function found(filter: Filter, type: ResourceType): Promise<string[] | undefined> {
  const where = unlessRefused(() => filterToSql(filter, type));
  if (!where) return undefined;
  const table = sql.raw(type === "User" ? "scim_users" : "scim_groups");
  const db = await database();
  // Asked for as it is, and turned round: null would be neither.
  const { rows } = await db.execute<{ id: string; turned: boolean }>(
    sql`select id, not ${where} as turned from ${table} where ${where}`,
  );
  expect(rows.every(({ turned }) => turned === false)).toBe(true);
  const { rows: others } = await db.execute(sql`select id from ${table} where not ${where}`);
  expect(rows.length + others.length).toBe(world.resources[type].length);
  return rows.map(({ id }) => id).sort();
}

const idsOf = (resources: Resource[]) => resources.map(({ id }) => id);

describe("a filter in SQL", () => {
  it.each<ResourceType>(["User", "Group"])(
    "finds the same %ss as in memory, whatever it asks and they hold",
    async (type) => {
      const ids = Object.values(world.resources).flatMap(idsOf);
      const asked = [ids[0], ids[1], ids.at(-1), ids.at(-2)].map(String);
      let hits = 0;
      await fc.assert(
        fc.asyncProperty(filterTexts(type, asked), async (text) => {
          const filter = parseFilter(text);
          const expected = unlessRefused(() =>
            idsOf(world.resources[type].filter((each) => matches(filter, each, type))).sort(),
          );
          expect(await found(filter, type)).toEqual(expected);
          if (expected && expected.length > 0) hits++;
        }),
        { seed: SEED, numRuns: 600 },
      );
      expect(hits).toBeGreaterThan(150);
    },
  );
});
