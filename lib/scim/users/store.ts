import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { scimUsers } from "@/db/schema/scim";
import type { ScimClient } from "@/lib/kit/actor";
import type { Page } from "../execute/list-answer";
import { filterToSql, sortToSql } from "../filter/store";
import type { ListQuery } from "../list-query";
import { readPage } from "../paging/store";
import { isId } from "../resource-id";
import { assertRoom } from "../room";
import type { ScimUser, UserInput } from "../schema";
import { ScimError } from "../scim-error";
import type { ScimTransaction } from "../transaction/store";
import { emailsIn } from "./emails";

type Row = typeof scimUsers.$inferSelect;

const toUser = ({ userNameKey: _key, emails: _emails, ...row }: Row): ScimUser => row;

const noSuchUser = (id: string) =>
  new ScimError(
    404,
    `There is no User ${id} here. Look the user up again: it may have been deleted.`,
  );

const taken = (userName: string) =>
  new ScimError(409, `Another User has the userName ${userName}.`, "uniqueness");

const own = (client: ScimClient, id: string) =>
  and(eq(scimUsers.loginMethodId, client.loginMethodId), eq(scimUsers.id, id));

/** One User of this client; ScimError 404. */
export async function getScimUser(
  tx: ScimTransaction,
  client: ScimClient,
  id: string,
): Promise<ScimUser> {
  const rows = isId(id) ? await tx.select().from(scimUsers).where(own(client, id)) : [];
  if (!rows[0]) throw noSuchUser(id);
  return toUser(rows[0]);
}

/** The same, locked until the transaction ends: changes to one User come one after the other. */
export async function lockScimUser(
  tx: ScimTransaction,
  client: ScimClient,
  id: string,
): Promise<ScimUser> {
  if (!isId(id)) throw noSuchUser(id);
  const [row] = await tx.select().from(scimUsers).where(own(client, id)).for("update");
  if (!row) throw noSuchUser(id);
  return toUser(row);
}

const columnsOf = (input: UserInput) => ({
  userName: input.userName,
  userNameKey: input.userName.toLowerCase(),
  externalId: input.externalId,
  active: input.active,
  emails: emailsIn(input.attributes),
  attributes: input.attributes,
});

/** Makes a User; ScimError 409 when another has this `userName`, in whatever case, 403 beyond 1,000,000. */
export async function createScimUser(
  tx: ScimTransaction,
  client: ScimClient,
  input: UserInput,
): Promise<ScimUser> {
  const { loginMethodId } = client;
  await assertRoom("User", loginMethodId, () =>
    tx.$count(scimUsers, eq(scimUsers.loginMethodId, loginMethodId)),
  );
  const [row] = await tx
    .insert(scimUsers)
    .values({ ...columnsOf(input), loginMethodId })
    .onConflictDoNothing({ target: [scimUsers.loginMethodId, scimUsers.userNameKey] })
    .returning();
  if (!row) throw taken(input.userName);
  return toUser(row);
}

/**
 * Writes what changed into a locked User, and raises its version. A `userName` that another has ends
 * the transaction (`scimTransaction` makes 409 of it).
 */
export async function updateScimUser(
  tx: ScimTransaction,
  before: ScimUser,
  input: UserInput,
): Promise<ScimUser> {
  const [row] = await tx
    .update(scimUsers)
    .set({
      ...columnsOf(input),
      version: before.version + 1,
      updatedAt: sql`greatest(clock_timestamp(), ${scimUsers.updatedAt} + interval '1 millisecond')`,
    })
    .where(eq(scimUsers.id, before.id))
    .returning();
  if (!row) throw noSuchUser(before.id);
  return toUser(row);
}

/** Deletes a locked User, and with it its memberships. */
export async function deleteScimUser(tx: ScimTransaction, { id }: ScimUser): Promise<void> {
  await tx.delete(scimUsers).where(eq(scimUsers.id, id));
}

/** One page of the Users of this client, by index or by cursor. */
export async function listScimUsers(
  tx: ScimTransaction,
  client: ScimClient,
  query: ListQuery,
): Promise<Page<ScimUser>> {
  const where = and(
    eq(scimUsers.loginMethodId, client.loginMethodId),
    query.filter ? filterToSql(query.filter, "User") : undefined,
  );
  return readPage(query, scimUsers, {
    order: query.sortBy ? sortToSql(query.sortBy, query.sortOrder, "User") : [],
    count: () => tx.$count(scimUsers, where),
    read: async ({ more, order, limit, offset }) => {
      const rows = await tx
        .select()
        .from(scimUsers)
        .where(and(where, more))
        .orderBy(...order)
        .limit(limit)
        .offset(offset);
      return rows.map(toUser);
    },
  });
}
