import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { scimGroups } from "@/db/schema/scim";
import { useTestDatabase } from "@/db/testing";
import { insertLoginMethod } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import type { Owner } from "@/lib/kit/actor";
import { getUser } from "@/lib/users/store";
import { onMembershipChanged } from "../store";
import { push, pushGroup, scimClientFor } from "../testing/store";
import { listGroupsForRules } from "./store";

useTestDatabase();

let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

it.each([
  ["okta", ["Engineering", "Sales"]],
  ["entra", ["0000-object-id", "Sales"]],
])(
  "a group of %s stands in rules and in the registry as its logins name it",
  async (kind, values) => {
    const db = await database();
    const method = { ...(await insertLoginMethod()), kind };
    await db.update(loginMethods).set({ kind }).where(eq(loginMethods.id, method.id));
    const client = scimClientFor(method);
    const { id, userId } = await push(client, { userName: "ada@example.com" });
    const groupId = await pushGroup(client, "Engineering", [id]);
    await pushGroup(client, "Sales", [id]);
    await db
      .update(scimGroups)
      .set({ externalId: "0000-object-id" })
      .where(eq(scimGroups.id, groupId));
    await db.transaction((tx) => onMembershipChanged(tx, client, [id]));
    expect((await getUser(owner, userId)).identity.groups).toEqual(values);
    expect(await listGroupsForRules(owner, method.id)).toEqual([
      { name: "Engineering", value: values[0] },
      { name: "Sales", value: values[1] },
    ]);
  },
);
