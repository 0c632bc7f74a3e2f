import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { scimUsers } from "@/db/schema/scim";
import { useTestDatabase } from "@/db/testing";
import { insertLoginMethod } from "@/db/testing-rows";
import { ENTERPRISE_URN } from "../../schema";
import { sortToSql } from "./store";

useTestDatabase();

beforeAll(async () => {
  const { id: loginMethodId } = await insertLoginMethod();
  const user = (name: string, at: number, attributes: Record<string, unknown>, active = true) => ({
    ...{ loginMethodId, userName: name, userNameKey: name.toLowerCase(), active, attributes },
    ...{ createdAt: new Date(at), updatedAt: new Date(10_000 - at) },
  });
  await (await database()).insert(scimUsers).values([
    user("Cleo", 1000, {
      name: { familyName: "alpha" },
      emails: [{ value: "z@x" }, { value: "a@x", primary: true }],
      [ENTERPRISE_URN]: { department: "Two" },
    }),
    user("ada", 2000, { name: { familyName: "Beta" }, emails: [{ value: "B@x" }] }, false),
    user("Bob", 3000, { name: "odd", emails: [], [ENTERPRISE_URN]: { department: "one" } }),
    user("dan", 4000, { name: { familyName: "ALPHA" }, emails: "odd" }),
  ]);
});

async function sorted(sortBy: string | null, order: "ascending" | "descending") {
  const by = sql.join(sortToSql(sortBy, order, "User"), sql`, `);
  const db = await database();
  const { rows } = await db.execute<{ name: string }>(
    sql`select user_name as name from scim_users order by ${by}`,
  );
  return rows.map(({ name }) => name).join(" ");
}

describe("sortToSql", () => {
  it.each<[string | null, string, string]>([
    [null, "Cleo ada Bob dan", "Cleo ada Bob dan"],
    ["userName", "ada Bob Cleo dan", "dan Cleo Bob ada"],
    ["USERNAME", "ada Bob Cleo dan", "dan Cleo Bob ada"],
    ["name.familyName", "Cleo dan ada Bob", "Bob ada Cleo dan"],
    // The primary value, or the first; those without come last, or first when descending.
    ["emails", "Cleo ada Bob dan", "Bob dan ada Cleo"],
    ["emails.value", "Cleo ada Bob dan", "Bob dan ada Cleo"],
    ["active", "ada Cleo Bob dan", "Cleo Bob dan ada"],
    ["meta.lastModified", "dan Bob ada Cleo", "Cleo ada Bob dan"],
    [`${ENTERPRISE_URN}:department`, "Bob Cleo ada dan", "ada dan Cleo Bob"],
    ["nope", "Cleo ada Bob dan", "Cleo ada Bob dan"],
    ["urn:example:2.0:Badge:colour", "Cleo ada Bob dan", "Cleo ada Bob dan"],
  ])("by %s", async (sortBy, ascending, descending) => {
    expect(await sorted(sortBy, "ascending")).toBe(ascending);
    expect(await sorted(sortBy, "descending")).toBe(descending);
  });

  it.each([
    ...[
      "name",
      "addresses",
      "groups",
      "groups.value",
      "schemas",
      "meta",
      "meta.location",
      "password",
    ],
    ...["a b", "a.b.c", ENTERPRISE_URN, "userName; drop table scim_users"],
  ])("refuses %s", (sortBy) => {
    expect(() => sortToSql(sortBy, "ascending", "User")).toThrow(
      expect.objectContaining({ status: 400, scimType: "invalidValue" }),
    );
  });
});
