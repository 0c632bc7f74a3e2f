import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { applicationSettingsSchema } from "@/lib/applications/schema";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChanges } from "@/lib/audit/store";
import type { Owner } from "@/lib/kit/actor";
import { type TemplateInput, templateInputSchema } from "../schema";
import { addTemplate, changeTemplate, getTemplate, listTemplates, removeTemplate } from "./store";

useTestDatabase();
let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

const input = (changes: Partial<TemplateInput> = {}): TemplateInput => ({
  name: `Template ${randomUUID().slice(0, 8)}`,
  type: "identity_denied",
  html: "<h1>No</h1>",
  ...changes,
});

async function application(name: string, template: Record<string, string>): Promise<void> {
  const db = await database();
  await db.insert(applications).values({
    name,
    aud: randomUUID().replaceAll("-", "").repeat(2),
    destinations: [`${randomUUID()}.example.com`],
    settings: applicationSettingsSchema.parse(template),
  });
}

describe("page templates", () => {
  it("are added, changed and removed, each with an entry in the Admin log", async () => {
    const first = input();
    const id = await addTemplate(owner, first);
    const second = input({ html: "<h1>Still no</h1>", type: "forbidden" });
    await changeTemplate(owner, id, second);
    expect(await getTemplate(owner, id)).toMatchObject({ ...second, id, usedBy: [] });
    await removeTemplate(owner, id);
    await expect(getTemplate(owner, id)).rejects.toMatchObject({ code: "not_found" });
    const { entries } = await listChanges(owner, auditQuerySchema.parse({ q: second.name }));
    expect(entries.map(({ action }) => action)).toEqual([
      "page_template.remove",
      "page_template.change",
    ]);
  });

  it("have names of their own, whatever the case", async () => {
    const { name } = input();
    const id = await addTemplate(owner, input({ name }));
    const taken = { code: "conflict", fields: { name: [expect.stringContaining(name)] } };
    await expect(addTemplate(owner, input({ name: name.toUpperCase() }))).rejects.toMatchObject({
      ...taken,
      fields: { name: [expect.any(String)] },
    });
    const other = await addTemplate(owner, input());
    await expect(changeTemplate(owner, other, input({ name }))).rejects.toMatchObject(taken);
    await changeTemplate(owner, id, input({ name: name.toUpperCase() }));
  });

  it("make one template of two saves at the same moment", async () => {
    const same = input();
    const saves = await Promise.allSettled([addTemplate(owner, same), addTemplate(owner, same)]);
    expect(saves.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it.each(["identity_denied_template", "forbidden_template"])(
    "cannot be removed, nor be given another type, while an application uses one as %s",
    async (setting) => {
      const id = await addTemplate(owner, input());
      const name = `Wiki ${randomUUID().slice(0, 8)}`;
      await application(name, { [setting]: id });
      await application(`Other ${name}`, {});
      expect((await getTemplate(owner, id)).usedBy).toEqual([{ id: expect.any(String), name }]);
      const refused = { code: "conflict", message: expect.stringContaining(`while ${name} uses`) };
      await expect(removeTemplate(owner, id)).rejects.toMatchObject(refused);
      const changed = input({ type: "forbidden" });
      await expect(changeTemplate(owner, id, changed)).rejects.toMatchObject(refused);
      await changeTemplate(owner, id, input({ html: "<h1>New words</h1>" }));
      expect((await listTemplates(owner)).find((one) => one.id === id)?.usedBy).toHaveLength(1);
    },
  );

  it.each([
    [{ name: "" }, "name"],
    [{ name: "a\u200Bb" }, "name"],
    [{ html: "" }, "html"],
    [{ html: "x".repeat(10_001) }, "html"],
    [{ html: "a\u0000b" }, "html"],
    [{ type: "login" }, "type"],
  ])("refuse %j", (changes, path) => {
    const parsed = templateInputSchema.safeParse({ ...input(), ...changes });
    expect(parsed.error?.issues[0]?.path).toEqual([path]);
  });
});
