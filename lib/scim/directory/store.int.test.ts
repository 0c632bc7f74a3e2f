import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { policies, ruleGroups } from "@/db/schema/policies";
import { scimGroups, scimMembers, scimUsers } from "@/db/schema/scim";
import { users } from "@/db/schema/users";
import { useTestDatabase } from "@/db/testing";
import { insertLoginMethod } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import type { Owner } from "@/lib/kit/actor";
import { scimGroupQuerySchema, scimMemberQuerySchema } from "./schema";
import {
  findPersonOf,
  getPushedGroup,
  listChildGroups,
  listPushedGroups,
  listPushedMembers,
} from "./store";

useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
});

async function group(loginMethodId: string, displayName: string, externalId?: string) {
  const db = await database();
  const [row] = await db
    .insert(scimGroups)
    .values({
      ...{ loginMethodId, displayName, displayNameKey: displayName.toLowerCase() },
      ...{ externalId, attributes: {} },
    })
    .returning();
  return row?.id ?? "";
}
async function user(loginMethodId: string, userName: string, groupId: string) {
  const db = await database();
  const [row] = await db
    .insert(scimUsers)
    .values({ loginMethodId, userName, userNameKey: userName.toLowerCase(), attributes: {} })
    .returning();
  await db.insert(scimMembers).values({ groupId, userId: row?.id });
}

/** Follows the cursors to the end. */
async function all<T>(read: (after: string) => Promise<{ items: T[]; next: string | null }>) {
  const found: T[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const page: { items: T[]; next: string | null } = await read(after);
    found.push(...page.items);
    after = page.next;
  }
  return found;
}

describe("pushed groups", () => {
  it("are listed by name, page by page, with their members counted and what names them", async () => {
    const [okta, entra] = [await insertLoginMethod("Okta"), await insertLoginMethod("Entra")];
    const ids = [];
    for (const name of ["engineers", "Admins", "100%", "sales"]) {
      ids.push(await group(okta.id, name));
    }
    const [engineers = "", admins = ""] = ids;
    const same = await group(entra.id, "Engineers", "8a11-0c");
    for (const name of ["bob", "Ada", "zoe"]) {
      await user(okta.id, `${name}@example.com`, engineers);
    }
    await (await database()).insert(scimMembers).values({ groupId: engineers, childId: admins });
    const db = await database();
    const rule = { okta: { identity_provider_id: okta.id, name: "engineers" } };
    await db.insert(policies).values({ name: "Staff", decision: "allow", require: [rule, rule] });
    await db.insert(ruleGroups).values({
      name: "Builders",
      include: [{ azureAD: { identity_provider_id: entra.id, id: "8a11-0c" } }],
    });

    const ask = (query: object) => (after: string) =>
      listPushedGroups(ada, scimGroupQuerySchema.parse({ ...query, after }), 2);
    const names = async (query: object) => (await all(ask(query))).map(({ name }) => name);
    // Names that are alike stand in the order of their ids.
    const lower = (await names({})).map((name) => name.toLowerCase());
    expect(lower).toEqual(["100%", "admins", "engineers", "engineers", "sales"]);
    expect(await names({ q: "%" })).toEqual(["100%"]);
    expect(await names({ q: "ENGIN", method: okta.id })).toEqual(["engineers"]);
    expect(await names({ q: "a\u0000", method: "x" })).toHaveLength(5);

    expect(await getPushedGroup(ada, engineers)).toMatchObject({
      ...{ members: 4, loginMethod: { id: okta.id, name: "Okta" } },
      usedBy: [{ type: "policy", name: "Staff" }],
    });
    expect(await getPushedGroup(ada, same)).toMatchObject({
      ...{ members: 0, externalId: "8a11-0c" },
      usedBy: [{ type: "rule_group", name: "Builders" }],
    });
    expect(await listChildGroups(ada, engineers)).toEqual([{ id: admins, name: "Admins" }]);

    const members = (q: string) =>
      all((after) =>
        listPushedMembers(ada, engineers, scimMemberQuerySchema.parse({ q, after }), 2),
      );
    expect((await members("")).map(({ userName }) => userName)).toEqual([
      "Ada@example.com",
      "bob@example.com",
      "zoe@example.com",
    ]);
    expect(await members("ZOE")).toMatchObject([{ active: true, userId: null }]);
  });

  it.each([randomUUID(), "no uuid", ""])("%j is none", async (id) => {
    await expect(getPushedGroup(ada, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(["x", "bnVsbA", Buffer.from('["a\u0000","b"]').toString("base64url")])(
    "the odd cursor %j begins at the beginning",
    async (after) => {
      const page = await listPushedGroups(ada, scimGroupQuerySchema.parse({ after }));
      expect(page.items).toHaveLength(5);
    },
  );
});

it("a pushed user leads to their person, and one without leads nowhere", async () => {
  const { id: loginMethodId, name: loginMethodName } = await insertLoginMethod();
  const db = await database();
  const userName = "hedy@example.com";
  const [person] = await db
    .insert(users)
    .values({
      ...{ loginMethodId, loginMethodName, loginMethodKind: "oidc", issuer: "", subject: "u" },
      ...{ email: userName, source: "scim", seat: false, identity: {} },
    })
    .returning();
  const pushed = { loginMethodId, attributes: {} };
  const rows = await db
    .insert(scimUsers)
    .values([
      { ...pushed, userName, userNameKey: userName, userId: person?.id },
      { ...pushed, userName: "nobody", userNameKey: "nobody" },
    ])
    .returning();
  const ids = [...rows.map(({ id }) => id), randomUUID(), "no uuid"];
  const found = await Promise.all(ids.map((id) => findPersonOf(ada, id)));
  expect(found).toEqual([person?.id, null, null, null]);
});
