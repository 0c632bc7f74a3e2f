import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import type { Owner } from "@/lib/kit/actor";
import { policyInputSchema, type RuleGroupInput, ruleGroupInputSchema } from "../schema";
import { addPolicy } from "../store";
import { addGroup, changeGroup, getGroup, listGroups, removeGroup } from "./store";

useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
});
beforeEach(async () => {
  await (await database()).execute(sql`truncate policies, rule_groups, audit_log cascade`);
});

const input = (changes: object = {}): RuleGroupInput =>
  ruleGroupInputSchema.parse({ name: "Team", include: [{ everyone: {} }], ...changes });
const add = (changes: object = {}) => addGroup(ada, input(changes));
const named = (name: string, ...ids: string[]) => ({
  name,
  include: ids.map((id) => ({ group: { id } })),
});
const audit = async () => (await database()).select().from(auditLog).orderBy(auditLog.id);

describe("adding an access group", () => {
  it("keeps it as it was entered, and writes it down", async () => {
    const made = await add({
      require: [{ auth_method: { auth_method: "mfa" } }],
      is_default: true,
    });
    expect(made).toMatchObject({
      name: "Team",
      require: [{ auth_method: { auth_method: "mfa" } }],
      isDefault: true,
      version: 1,
      usedBy: [],
    });
    expect(await getGroup(ada, made.id)).toEqual(made);
    expect(await audit()).toMatchObject([
      { action: "rule_group.create", targetType: "rule_group", targetId: made.id },
    ]);
  });

  it("refuses a name that is taken, whatever its case", async () => {
    await add();
    await expect(add({ name: "TEAM" })).rejects.toMatchObject({
      code: "conflict",
      fields: { name: [expect.stringMatching(/^Another access group is called/)] },
    });
  });

  it("refuses to name one that is not there", async () => {
    await expect(add(named("Outer", randomUUID()))).rejects.toMatchObject({
      code: "invalid_input",
      fields: { "include.0": [expect.any(String)] },
    });
  });

  it("stops at 2,000", async () => {
    await (await database()).execute(
      sql`insert into rule_groups (name) select 'g' || n from generate_series(1, 2000) n`,
    );
    await expect(add()).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("changing an access group", () => {
  it("raises the version and writes down what is new", async () => {
    const { id } = await add();
    const saved = await changeGroup(ada, { ...input({ is_default: true }), id, version: 1 });
    expect(saved).toMatchObject({ isDefault: true, version: 2 });
    expect((await audit()).at(-1)).toMatchObject({
      action: "rule_group.change",
      changes: [{ path: "is_default", before: false, after: true }],
    });
    await expect(changeGroup(ada, { ...input(), id, version: 1 })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Nothing was saved"),
    });
  });

  it.each(["include", "require", "exclude"] as const)(
    "refuses that it contains itself by %s, at once or through others",
    async (set) => {
      const inner = await add();
      const middle = await add(named("Middle", inner.id));
      const outer = await add(named("Outer", middle.id));
      for (const { id } of [inner, middle, outer]) {
        const rule = { group: { id } };
        const rules = set === "include" ? { include: [rule] } : { [set]: [rule] };
        const closing = changeGroup(ada, { ...input(rules), id: inner.id, version: 1 });
        await expect(closing).rejects.toMatchObject({
          code: "invalid_input",
          message: "An access group cannot contain itself.",
          fields: { [`${set}.0`]: [expect.any(String)] },
        });
      }
      expect((await getGroup(ada, inner.id)).version).toBe(1);
    },
  );

  it("lets one of two saves through that together would close a circle", async () => {
    const [one, two] = [await add({ name: "One" }), await add({ name: "Two" })];
    const tried = await Promise.allSettled([
      changeGroup(ada, { ...input(named("One", two.id)), id: one.id, version: 1 }),
      changeGroup(ada, { ...input(named("Two", one.id)), id: two.id, version: 1 }),
    ]);
    expect(tried.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("deleting an access group", () => {
  it("is refused while a policy or a group names it, and says which", async () => {
    const { id } = await add();
    await add(named("Outer", id));
    const include = [{ everyone: {} }];
    const exclude = [{ group: { id } }];
    await addPolicy(
      ada,
      policyInputSchema.parse({ name: "Staff", decision: "allow", include, exclude }),
    );
    const users = [
      { type: "policy", name: "Staff" },
      { type: "rule_group", name: "Outer" },
    ];
    expect((await getGroup(ada, id)).usedBy).toMatchObject(users);
    expect((await listGroups(ada)).find((group) => group.id === id)?.usedBy).toMatchObject(users);
    await expect(removeGroup(ada, id)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Staff, Outer"),
    });
  });

  it("never leaves a policy that names nothing, whoever comes first", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await add();
      const policy = policyInputSchema.parse({
        name: `Staff ${round}`,
        decision: "allow",
        include: [{ group: { id } }],
      });
      const [made, removed] = await Promise.allSettled([
        addPolicy(ada, policy),
        removeGroup(ada, id),
      ]);
      expect([made.status, removed.status].sort()).toEqual(["fulfilled", "rejected"]);
      await (await database()).execute(sql`truncate policies, rule_groups cascade`);
    }
  });

  it("leaves an entry with what it was", async () => {
    const { id } = await add();
    await removeGroup(ada, id);
    expect(await listGroups(ada)).toEqual([]);
    expect((await audit()).at(-1)).toMatchObject({ action: "rule_group.remove", targetId: id });
  });
});

it.each([
  ["read", (id: string) => getGroup(ada, id)],
  ["change", (id: string) => changeGroup(ada, { ...input(), id, version: 1 })],
  ["delete", (id: string) => removeGroup(ada, id)],
])("says so when there is no access group to %s", async (_, act) => {
  await expect(act(randomUUID())).rejects.toMatchObject({
    code: "not_found",
    message: "That access group no longer exists.",
  });
});
