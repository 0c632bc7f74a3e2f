import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { scimGroups, scimMembers, scimUsers } from "@/db/schema/scim";
import type { ScimClient } from "@/lib/kit/actor";
import type { ScimUser } from "../../schema";
import { onUserDeleted, onUserWritten } from "../store";

type Settings = ScimClient["settings"];
type Row = typeof scimUsers.$inferSelect;

export const DEPROVISION: Settings = {
  user_deprovision: true,
  seat_deprovision: true,
  identity_update_behavior: "no_action",
};

/** A provider with the given settings, for integration tests of what pushes do. */
export const scimClientFor = (
  method: { id: string; name: string; kind: string },
  settings: Partial<Settings> = {},
): ScimClient =>
  ({
    loginMethodId: method.id,
    loginMethodName: method.name,
    loginMethodKind: method.kind,
    settings: { ...DEPROVISION, user_deprovision: false, seat_deprovision: false, ...settings },
    secretId: randomUUID(),
    from: { ip: null, requestId: randomUUID(), door: "scim" },
    userAgent: null,
  }) as unknown as ScimClient;

const toUser = ({ userNameKey: _key, emails: _emails, ...user }: Row): ScimUser => user;

export interface Pushed {
  userName: string;
  externalId?: string | null;
  active?: boolean;
  attributes?: Record<string, unknown>;
}

const columnsOf = (input: Partial<Pushed>) => ({
  ...input,
  ...(input.userName && { userNameKey: input.userName.toLowerCase() }),
});

export async function readPushed(tx: Queryable, id: string): Promise<ScimUser> {
  const [row] = await tx.select().from(scimUsers).where(eq(scimUsers.id, id)).for("update");
  if (!row) throw new Error("no such resource");
  return toUser(row);
}

/** POST /Users as far as people are concerned. `during` runs before the transaction ends. */
export async function push(client: ScimClient, input: Pushed, during = async () => {}) {
  const db = await database();
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(scimUsers)
      .values({
        loginMethodId: client.loginMethodId,
        attributes: {},
        ...input,
        userNameKey: input.userName.toLowerCase(),
      })
      .returning();
    if (!row) throw new Error("not pushed");
    const effects = await onUserWritten(tx, client, null, toUser(row));
    await during();
    return { id: row.id, effects, userId: (await readPushed(tx, row.id)).userId ?? "" };
  });
}

/** PATCH /Users/<id>. */
export async function change(
  client: ScimClient,
  id: string,
  input: Partial<Pushed>,
  during = async () => {},
) {
  const db = await database();
  return db.transaction(async (tx) => {
    const before = await readPushed(tx, id);
    await tx
      .update(scimUsers)
      .set({ ...columnsOf(input), version: sql`version + 1` })
      .where(eq(scimUsers.id, id));
    const effects = await onUserWritten(tx, client, before, await readPushed(tx, id));
    await during();
    return effects;
  });
}

/** DELETE /Users/<id>. */
export async function remove(client: ScimClient, id: string) {
  const db = await database();
  return db.transaction(async (tx) => {
    const before = await readPushed(tx, id);
    await tx.delete(scimUsers).where(eq(scimUsers.id, id));
    return onUserDeleted(tx, client, before);
  });
}

export async function pushGroup(client: ScimClient, displayName: string, members: string[] = []) {
  const db = await database();
  const { loginMethodId } = client;
  const [group] = await db
    .insert(scimGroups)
    .values({
      ...{ loginMethodId, displayName, displayNameKey: displayName.toLowerCase() },
      attributes: {},
    })
    .returning();
  if (!group) throw new Error("no group");
  await addMembers(db, group.id, members);
  return group.id;
}

export async function addMembers(tx: Queryable, groupId: string, members: string[]) {
  if (members.length === 0) return;
  await tx.insert(scimMembers).values(members.map((userId) => ({ groupId, userId })));
}
