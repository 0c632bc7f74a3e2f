import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { applicationPolicies } from "@/db/schema/applications";
import { auditLog } from "@/db/schema/audit-log";
import { useTestDatabase } from "@/db/testing";
import { insertApplication } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import { actionWords } from "@/lib/audit/words";
import type { Owner } from "@/lib/kit/actor";
import { addGroup } from "./groups/store";
import { type PolicyInput, policyInputSchema, ruleGroupInputSchema } from "./schema";
import { addPolicy, changePolicy, getPolicy, listPolicies, removePolicy } from "./store";

useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
});
beforeEach(async () => {
  await (await database()).execute(
    sql`truncate applications, policies, rule_groups, service_tokens, audit_log cascade`,
  );
});

const input = (changes: object = {}): PolicyInput =>
  policyInputSchema.parse({
    name: "Staff",
    decision: "allow",
    include: [{ email_domain: { domain: "example.com" } }],
    ...changes,
  });
const add = (changes: object = {}) => addPolicy(ada, input(changes));
const audit = async () => (await database()).select().from(auditLog).orderBy(auditLog.id);

async function useIn(policyId: string, name: string): Promise<string> {
  const { id } = await insertApplication(name, `${randomUUID()}.example.com`);
  const db = await database();
  await db.insert(applicationPolicies).values({ applicationId: id, policyId, precedence: 1 });
  return id;
}

describe("adding a policy", () => {
  it("keeps it as it was entered, and writes it down", async () => {
    const made = await add({ exclude: [{ ip: { ip: "10.0.0.0/8" } }], session_duration: "30m" });
    expect(made).toMatchObject({
      name: "Staff",
      decision: "allow",
      include: [{ email_domain: { domain: "example.com" } }],
      require: [],
      exclude: [{ ip: { ip: "10.0.0.0/8" } }],
      sessionDuration: "30m",
      version: 1,
      usedBy: [],
    });
    expect(await getPolicy(ada, made.id)).toEqual(made);
    const [entry] = await audit();
    expect(entry).toMatchObject({
      action: "policy.create",
      targetType: "policy",
      targetId: made.id,
      targetName: "Staff",
      actorName: ada.name,
    });
    expect(entry?.changes).toContainEqual({
      path: "session_duration",
      before: null,
      after: "30m",
    });
  });

  it.each(["Staff", "STAFF", " staff "])("refuses the name %j when Staff exists", async (name) => {
    await add();
    await expect(add({ name })).rejects.toMatchObject({
      code: "conflict",
      fields: { name: [expect.stringMatching(/^Another policy is called/)] },
    });
    expect(await audit()).toHaveLength(1);
  });

  it("lets one of two that come at once have the name", async () => {
    const tried = await Promise.allSettled([add(), add({ name: "staff" }), add()]);
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await listPolicies(ada)).toHaveLength(1);
  });

  it("refuses rules that name what is not there, by their place", async () => {
    const group = await addGroup(
      ada,
      ruleGroupInputSchema.parse({ name: "Team", include: [{ everyone: {} }] }),
    );
    const refused = add({
      include: [{ group: { id: group.id } }, { group: { id: randomUUID() } }],
      exclude: [{ service_token: { token_id: randomUUID() } }],
    });
    await expect(refused).rejects.toMatchObject({
      code: "invalid_input",
      fields: { "include.1": [expect.any(String)], "exclude.0": [expect.any(String)] },
    });
    expect(await listPolicies(ada)).toEqual([]);
  });

  it("stops at 5,000", async () => {
    await (await database()).execute(
      sql`insert into policies (name, decision) select 'p' || n, 'deny' from generate_series(1, 5000) n`,
    );
    await expect(add()).rejects.toMatchObject({
      code: "conflict",
      message: "There are 5000 already, and no more can be added.",
    });
  });
});

describe("changing a policy", () => {
  it("raises the version and writes down what is new", async () => {
    const { id } = await add();
    const saved = await changePolicy(ada, { ...input({ decision: "deny" }), id, version: 1 });
    expect(saved).toMatchObject({ decision: "deny", version: 2 });
    expect((await audit()).at(-1)).toMatchObject({
      action: "policy.change",
      changes: [{ path: "decision", before: "allow", after: "deny" }],
    });
  });

  it("does nothing where nothing is new", async () => {
    const { id } = await add();
    expect(await changePolicy(ada, { ...input(), id, version: 1 })).toMatchObject({ version: 1 });
    expect(await audit()).toHaveLength(1);
  });

  it("does not overwrite what somebody else saved meanwhile", async () => {
    const { id } = await add();
    const saves = ["One", "Two", "Three"].map((name) =>
      changePolicy(ada, { ...input({ name }), id, version: 1 }),
    );
    const tried = await Promise.allSettled(saves);
    const refused = tried.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(2);
    for (const { reason } of refused as PromiseRejectedResult[]) {
      expect(reason).toMatchObject({ code: "conflict", fix: expect.stringContaining("reload") });
    }
    expect((await getPolicy(ada, id)).version).toBe(2);
  });

  it("refuses the name of another, and takes its own in another case", async () => {
    await add({ name: "Guests" });
    const { id } = await add();
    await expect(
      changePolicy(ada, { ...input({ name: "guests" }), id, version: 1 }),
    ).rejects.toMatchObject({ code: "conflict", fields: { name: [expect.any(String)] } });
    const renamed = await changePolicy(ada, { ...input({ name: "STAFF" }), id, version: 1 });
    expect(renamed.name).toBe("STAFF");
  });
});

describe("deleting a policy", () => {
  it("is refused while applications use it, and names them", async () => {
    const { id } = await add();
    await useIn(id, "Wiki");
    await useIn(id, "Blog");
    expect((await getPolicy(ada, id)).usedBy.map(({ name }) => name)).toEqual(["Blog", "Wiki"]);
    const [listed] = await listPolicies(ada);
    expect(listed?.usedBy).toHaveLength(2);
    await expect(removePolicy(ada, id)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Blog, Wiki"),
    });
    expect(await audit()).toHaveLength(1);
  });

  it("leaves an entry with what it was", async () => {
    const { id } = await add();
    await removePolicy(ada, id);
    await expect(getPolicy(ada, id)).rejects.toMatchObject({ code: "not_found" });
    const entry = (await audit()).at(-1);
    expect(entry).toMatchObject({ action: "policy.remove", targetId: id, targetName: "Staff" });
    expect(entry?.changes).toContainEqual({ path: "decision", before: "allow", after: null });
    expect(actionWords(entry?.action ?? "")).toBe("Deleted a policy");
  });

  it("and a change of it at once both end: neither waits for the other for ever", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await add();
      const next = { ...input({ decision: "deny" }), id, version: 1 };
      const [change, removal] = await Promise.allSettled([
        changePolicy(ada, next),
        removePolicy(ada, id),
      ]);
      expect(removal).toMatchObject({ status: "fulfilled" });
      if (change.status === "rejected") {
        expect(change.reason).toMatchObject({ code: "not_found" });
      }
    }
  });
});

it.each([
  ["read", (id: string) => getPolicy(ada, id)],
  ["change", (id: string) => changePolicy(ada, { ...input(), id, version: 1 })],
  ["delete", (id: string) => removePolicy(ada, id)],
])("says so when there is no policy to %s", async (_, act) => {
  await expect(act(randomUUID())).rejects.toMatchObject({
    code: "not_found",
    message: "That policy no longer exists.",
  });
});
