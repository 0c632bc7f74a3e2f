import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { auditLog } from "@/db/schema/audit-log";
import { policies } from "@/db/schema/policies";
import { useTestDatabase } from "@/db/testing";
import { insertLoginMethod } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import { actionWords } from "@/lib/audit/words";
import { addTemplate } from "@/lib/custom-pages/templates/store";
import type { Owner } from "@/lib/kit/actor";
import { type ApplicationInput, applicationInputSchema, MAX_APPLICATIONS } from "./schema";
import { addApplication, changeApplication, getApplication, removeApplication } from "./store";
import { revokeApplicationTokens, setApplicationEnabled } from "./switches/store";

useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
});
beforeEach(async () => {
  await (await database()).execute(
    sql`truncate applications, policies, login_methods, audit_log cascade`,
  );
});

const input = (changes: object = {}): ApplicationInput =>
  applicationInputSchema.parse({ name: "Wiki", destinations: ["wiki.example.com"], ...changes });
const add = (changes: object = {}) => addApplication(ada, input(changes));

async function policy(name: string, decision: "allow" | "deny" = "allow"): Promise<string> {
  const db = await database();
  const [row] = await db
    .insert(policies)
    .values({ name, decision, include: [{ everyone: {} }] })
    .returning({ id: policies.id });
  return row?.id ?? "";
}

const audit = async () => (await database()).select().from(auditLog).orderBy(auditLog.id);

describe("adding an application", () => {
  it("gives it an AUD of its own and keeps its policies in their order", async () => {
    const [first, second] = [await policy("Staff"), await policy("Nobody else", "deny")];
    const made = await add({
      destinations: ["https://Wiki.example.com/", "example.com/wiki/*"],
      policies: [second, first],
    });
    expect(made).toMatchObject({
      name: "Wiki",
      enabled: true,
      destinations: ["wiki.example.com", "example.com/wiki/*"],
      version: 1,
      tokenEpoch: 1,
      policies: [
        { id: second, name: "Nobody else", decision: "deny", precedence: 1 },
        { id: first, name: "Staff", decision: "allow", precedence: 2 },
      ],
    });
    expect(made.aud).toMatch(/^[0-9a-f]{64}$/);
    expect(await getApplication(ada, made.id)).toEqual(made);
    const other = await add({ name: "Shop", destinations: ["shop.example.com"] });
    expect(other.aud).not.toBe(made.aud);
    const [entry] = await audit();
    expect(entry).toMatchObject({
      action: "application.create",
      targetType: "application",
      targetId: made.id,
      targetName: "Wiki",
      actorName: ada.name,
    });
    expect(entry?.changes).toContainEqual({
      path: "policies",
      before: null,
      after: [second, first],
    });
  });

  it.each(["Wiki", "wiki", " WIKI "])("refuses the name %j when Wiki exists", async (name) => {
    await add();
    const taken = add({ name, destinations: ["other.example.com"] });
    await expect(taken).rejects.toMatchObject({
      code: "conflict",
      fields: { name: [expect.stringMatching(/^Another application is called/)] },
    });
  });

  it("refuses the hostname of another application, and Gatehouse's own", async () => {
    await add();
    const refused = add({
      name: "Shop",
      destinations: ["shop.example.com", "wiki.example.com", "localhost:8080"],
    });
    await expect(refused).rejects.toMatchObject({
      code: "invalid_input",
      fields: {
        "destinations.1": ["Wiki covers exactly this already"],
        "destinations.2": [expect.stringContaining("Gatehouse's own name")],
      },
    });
    expect(await audit()).toHaveLength(1);
  });

  it("refuses login methods, templates and policies that do not exist", async () => {
    const method = await insertLoginMethod();
    const template = await addTemplate(ada, { name: "No", type: "forbidden", html: "<p>No</p>" });
    const made = await add({
      settings: { allowed_idps: [method.id], forbidden_template: template },
    });
    expect(made.settings).toMatchObject({
      allowed_idps: [method.id],
      forbidden_template: template,
    });
    const refused = add({
      name: "Shop",
      destinations: ["shop.example.com"],
      policies: [randomUUID()],
      settings: { allowed_idps: [randomUUID()], identity_denied_template: template },
    });
    await expect(refused).rejects.toMatchObject({
      fields: {
        "settings.allowed_idps": [expect.any(String)],
        "settings.identity_denied_template": [expect.any(String)],
        policies: [expect.any(String)],
      },
    });
  });

  it("makes one of two that are sent at once", async () => {
    const outcomes = await Promise.allSettled([add(), add(), add()]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await audit()).toHaveLength(1);
  });

  it("stops at the most there may be", async () => {
    await (await database()).execute(sql`
      insert into applications (aud, name, destinations, settings)
      select md5(n::text) || md5('x' || n::text), 'App ' || n, array['a' || n || '.example.com'], '{}'
      from generate_series(1, ${MAX_APPLICATIONS}) n`);
    await expect(add()).rejects.toMatchObject({
      code: "conflict",
      message: `There are ${MAX_APPLICATIONS} applications already.`,
    });
  });
});

describe("changing an application", () => {
  it("keeps the AUD, puts policies in another order, and says what changed", async () => {
    const [first, second] = [await policy("Staff"), await policy("Guests")];
    const { id, aud } = await add({ policies: [first, second] });
    const changed = await changeApplication(ada, {
      ...input({
        name: "Handbook",
        policies: [second, first],
        settings: { session_duration: "30m" },
      }),
      id,
      version: 1,
    });
    expect(changed).toMatchObject({ id, aud, name: "Handbook", version: 2 });
    expect(changed.policies.map(({ name }) => name)).toEqual(["Guests", "Staff"]);
    const [, entry] = await audit();
    expect(entry).toMatchObject({ action: "application.change", targetName: "Handbook" });
    expect(entry?.changes).toEqual([
      { path: "name", before: "Wiki", after: "Handbook" },
      { path: "policies", before: [first, second], after: [second, first] },
      { path: "session_duration", before: null, after: "30m" },
    ]);
  });

  it("refuses the second of two who edit the same version, and saves nothing of it", async () => {
    const { id } = await add();
    await changeApplication(ada, { ...input({ name: "Mine" }), id, version: 1 });
    const second = changeApplication(ada, { ...input({ name: "Yours" }), id, version: 1 });
    await expect(second).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Nothing was saved"),
    });
    expect(await getApplication(ada, id)).toMatchObject({ name: "Mine", version: 2 });
  });

  it("neither counts nor logs a save that changes nothing", async () => {
    const { id } = await add();
    const same = await changeApplication(ada, { ...input(), id, version: 1 });
    expect(same.version).toBe(1);
    expect(await audit()).toHaveLength(1);
  });

  it("keeps its own name and hostnames, and cannot take those of another", async () => {
    const { id } = await add();
    await add({ name: "Shop", destinations: ["shop.example.com"] });
    const saved = await changeApplication(ada, {
      ...input({ destinations: ["wiki.example.com", "kb.example.com"] }),
      id,
      version: 1,
    });
    expect(saved.destinations).toHaveLength(2);
    const taken = changeApplication(ada, { ...input({ name: "SHOP" }), id, version: 2 });
    await expect(taken).rejects.toMatchObject({ fields: { name: [expect.any(String)] } });
    const covered = input({ destinations: ["shop.example.com"] });
    await expect(changeApplication(ada, { ...covered, id, version: 2 })).rejects.toMatchObject({
      fields: { "destinations.0": ["Shop covers exactly this already"] },
    });
  });

  it("tells one logo from another in the Admin log without writing them there", async () => {
    const logo = (text: string) => `data:image/png;base64,${btoa(`\x89PNG\r\n\x1a\n${text}`)}`;
    const { id } = await add({ settings: { logo_url: logo("one") } });
    const settings = { logo_url: logo("two") };
    expect(await changeApplication(ada, { ...input({ settings }), id, version: 1 })).toMatchObject({
      settings,
      version: 2,
    });
    const entries = await audit();
    expect(entries[1]?.changes).toEqual([
      {
        path: "logo_url",
        before: expect.stringMatching(/^an image \([0-9a-f]{8}\)$/),
        after: expect.stringMatching(/^an image \([0-9a-f]{8}\)$/),
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain("base64");
  });
});

describe("switching off, revoking and deleting", () => {
  it("disables and enables, each once in the Admin log", async () => {
    const { id } = await add();
    for (const enabled of [false, false, true]) {
      await setApplicationEnabled(ada, { id, enabled });
      expect((await getApplication(ada, id)).enabled).toBe(enabled);
    }
    const actions = (await audit()).map(({ action }) => action);
    expect(actions).toEqual(["application.create", "application.disable", "application.enable"]);
  });

  it("raises the epoch of tokens, and changes neither the version nor the AUD", async () => {
    const { id, aud } = await add();
    await revokeApplicationTokens(ada, id);
    await revokeApplicationTokens(ada, id);
    expect(await getApplication(ada, id)).toMatchObject({ tokenEpoch: 3, version: 1, aud });
    expect((await audit()).at(-1)).toMatchObject({
      action: "application.revoke_tokens",
      changes: [{ path: "token_epoch", before: 2, after: 3 }],
    });
  });

  it("deletes an application and leaves its policies", async () => {
    const staff = await policy("Staff");
    const { id } = await add({ policies: [staff] });
    await removeApplication(ada, id);
    await expect(getApplication(ada, id)).rejects.toMatchObject({ code: "not_found" });
    const db = await database();
    expect(await db.$count(policies, eq(policies.id, staff))).toBe(1);
    expect(await db.$count(applications)).toBe(0);
    expect((await audit()).at(-1)).toMatchObject({ action: "application.remove", targetId: id });
  });

  it("lets one save while another switches it off, whoever comes first", async () => {
    const { id } = await add();
    for (let version = 1; version <= 5; version += 1) {
      await Promise.all([
        changeApplication(ada, { ...input({ name: `Wiki ${version}` }), id, version }),
        setApplicationEnabled(ada, { id, enabled: version % 2 === 0 }),
        revokeApplicationTokens(ada, id),
      ]);
    }
    expect(await getApplication(ada, id)).toMatchObject({
      name: "Wiki 5",
      version: 6,
      tokenEpoch: 6,
      enabled: false,
    });
  });

  it("has words for all of it in the Admin log", async () => {
    const { id } = await add();
    await setApplicationEnabled(ada, { id, enabled: false });
    await setApplicationEnabled(ada, { id, enabled: true });
    await revokeApplicationTokens(ada, id);
    await changeApplication(ada, { ...input({ name: "Handbook" }), id, version: 1 });
    await removeApplication(ada, id);
    for (const { action } of await audit()) {
      expect(actionWords(action)).toMatch(/ an application$/);
    }
  });

  it.each([
    ["change", (id: string) => changeApplication(ada, { ...input(), id, version: 1 })],
    ["disable", (id: string) => setApplicationEnabled(ada, { id, enabled: false })],
    ["revoke", (id: string) => revokeApplicationTokens(ada, id)],
    ["delete", (id: string) => removeApplication(ada, id)],
  ])("says so when there is none to %s", async (_, act) => {
    await expect(act(randomUUID())).rejects.toMatchObject({
      code: "not_found",
      message: "That application no longer exists.",
    });
  });
});
