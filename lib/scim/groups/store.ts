import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { scimGroups } from "@/db/schema/scim";
import type { ScimClient } from "@/lib/kit/actor";
import type { Page } from "../execute/list-answer";
import { filterToSql, sortToSql } from "../filter/store";
import type { ListQuery } from "../list-query";
import { readPage } from "../paging/store";
import { isId } from "../resource-id";
import { assertRoom } from "../room";
import type { GroupInput, ScimGroup } from "../schema";
import { ScimError } from "../scim-error";
import type { ScimTransaction } from "../transaction/store";

type Row = typeof scimGroups.$inferSelect;

const toGroup = ({ displayNameKey: _key, ...row }: Row): ScimGroup => row;

const noSuchGroup = (id: string) =>
  new ScimError(404, `There is no Group ${id} here. Look it up again: it may have been deleted.`);

const own = (client: ScimClient, id: string) =>
  and(eq(scimGroups.loginMethodId, client.loginMethodId), eq(scimGroups.id, id));

/** One Group of this client, without its members; ScimError 404. */
export async function getScimGroup(
  tx: ScimTransaction,
  client: ScimClient,
  id: string,
): Promise<ScimGroup> {
  const rows = isId(id) ? await tx.select().from(scimGroups).where(own(client, id)) : [];
  if (!rows[0]) throw noSuchGroup(id);
  return toGroup(rows[0]);
}

/** The same, locked until the transaction ends: changes to one Group come one after the other. */
export async function lockScimGroup(
  tx: ScimTransaction,
  client: ScimClient,
  id: string,
): Promise<ScimGroup> {
  if (!isId(id)) throw noSuchGroup(id);
  const [row] = await tx.select().from(scimGroups).where(own(client, id)).for("update");
  if (!row) throw noSuchGroup(id);
  return toGroup(row);
}

const columnsOf = (input: GroupInput) => ({
  displayName: input.displayName,
  displayNameKey: input.displayName.toLowerCase(),
  externalId: input.externalId,
  attributes: input.attributes,
});

/** Makes a Group without members; ScimError 409 when another has this `displayName`, in whatever case, 403
 * beyond 100,000. */
export async function createScimGroup(
  tx: ScimTransaction,
  client: ScimClient,
  input: GroupInput,
): Promise<ScimGroup> {
  const { loginMethodId } = client;
  await assertRoom("Group", loginMethodId, () =>
    tx.$count(scimGroups, eq(scimGroups.loginMethodId, loginMethodId)),
  );
  const [row] = await tx
    .insert(scimGroups)
    .values({ ...columnsOf(input), loginMethodId })
    .onConflictDoNothing({ target: [scimGroups.loginMethodId, scimGroups.displayNameKey] })
    .returning();
  if (!row) {
    throw new ScimError(409, `Another Group is called ${input.displayName}.`, "uniqueness");
  }
  return toGroup(row);
}

/**
 * Writes what changed into a locked Group, and raises its version. A `displayName` that another has
 * ends the transaction (`scimTransaction` makes 409 of it).
 */
export async function updateScimGroup(
  tx: ScimTransaction,
  before: ScimGroup,
  input: GroupInput,
): Promise<ScimGroup> {
  const [row] = await tx
    .update(scimGroups)
    .set({
      ...columnsOf(input),
      version: before.version + 1,
      updatedAt: sql`greatest(clock_timestamp(), ${scimGroups.updatedAt} + interval '1 millisecond')`,
    })
    .where(eq(scimGroups.id, before.id))
    .returning();
  if (!row) throw noSuchGroup(before.id);
  return toGroup(row);
}

/** Deletes a locked Group, and its place in other groups. */
export async function deleteScimGroup(tx: ScimTransaction, { id }: ScimGroup): Promise<void> {
  await tx.delete(scimGroups).where(eq(scimGroups.id, id));
}

/**
 * One page of the Groups of this client, without their members, by index or by cursor. `fitting` says
 * how many go into one answer: RFC 7644 §3.4.2.4 lets a page be shorter than was asked for.
 */
export async function listScimGroups(
  tx: ScimTransaction,
  client: ScimClient,
  query: ListQuery,
  fitting?: (groups: readonly ScimGroup[]) => Promise<number>,
): Promise<Page<ScimGroup>> {
  const where = and(
    eq(scimGroups.loginMethodId, client.loginMethodId),
    query.filter ? filterToSql(query.filter, "Group") : undefined,
  );
  return readPage(query, scimGroups, {
    fitting,
    order: query.sortBy ? sortToSql(query.sortBy, query.sortOrder, "Group") : [],
    count: () => tx.$count(scimGroups, where),
    read: async ({ more, order, limit, offset }) => {
      const rows = await tx
        .select()
        .from(scimGroups)
        .where(and(where, more))
        .orderBy(...order)
        .limit(limit)
        .offset(offset);
      return rows.map(toGroup);
    },
  });
}
