import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChanges } from "@/lib/audit/store";
import type { Owner } from "@/lib/kit/actor";
import { DEFAULT_DESIGN, designFormSchema, designOf, formOf } from "./schema";
import { getLoginDesign, saveLoginDesign } from "./store";

useTestDatabase();
let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

const LOGO = "data:image/png;base64,iVBORw0KGgo=";
const log = async () =>
  (await listChanges(owner, auditQuerySchema.parse({ action: "custom_pages.design" }))).entries;

describe("the design of the login page", () => {
  it("is the page's own until somebody changes it", async () => {
    expect(await getLoginDesign(owner)).toEqual(DEFAULT_DESIGN);
  });

  it("is kept, and logged without the image", async () => {
    const design = { ...DEFAULT_DESIGN, organization_name: "Acme", logo: LOGO };
    await saveLoginDesign(owner, design);
    expect(await getLoginDesign(owner)).toEqual(design);
    const [entry] = await log();
    expect(entry).toMatchObject({
      actorName: "Ada",
      changes: [
        { path: "logo", before: null, after: "set" },
        { path: "organization_name", before: "", after: "Acme" },
      ],
    });
    expect(JSON.stringify(entry)).not.toContain("iVBOR");
  });

  it("logs nothing where nothing changed", async () => {
    const count = (await log()).length;
    await saveLoginDesign(owner, await getLoginDesign(owner));
    expect(await log()).toHaveLength(count);
  });
});

describe("the form of the design", () => {
  const form = { ...formOf(DEFAULT_DESIGN), background_color: "#ffffff" };
  const issues = (input: object) =>
    designFormSchema
      .safeParse({ ...form, ...input })
      .error?.issues.map(({ path, message }) => [path.join("."), message]);

  it("becomes the design that is stored, blank colours as none", () => {
    const parsed = designFormSchema.parse({ ...form, background_color: " #0B5F69 " });
    expect(designOf(parsed)).toEqual({ ...DEFAULT_DESIGN, background_color: "#0b5f69" });
    expect(designOf(designFormSchema.parse(formOf(DEFAULT_DESIGN)))).toEqual(DEFAULT_DESIGN);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "ask Bob", "a@b", "//evil.example"])(
    "script in an address: refuses %j as the contact",
    (contact) => {
      expect(issues({ contact })).toEqual([["contact", expect.stringContaining("email address")]]);
    },
  );

  it("refuses text that is hard to read, unless the admin wants it so", () => {
    expect(issues({ text_color: "#777777" })).toEqual([
      ["text_color", expect.stringContaining("is 4.47:1, and 4.5:1 is the least")],
    ]);
    expect(issues({ text_color: "#767676" })).toBeUndefined();
    expect(issues({ text_color: "#777777", overridden: true })).toBeUndefined();
    expect(issues({ background_color: "", text_color: "#000000" })).toEqual([
      ["text_color", expect.stringContaining("light or dark background")],
    ]);
  });

  it.each([
    [{ text_color: "red" }, "text_color"],
    [{ background_color: "#fff;}" }, "background_color"],
    [{ logo: "https://evil.example/x.png" }, "logo"],
    [{ logo: `data:image/svg+xml;base64,${btoa("<svg><script/></svg>")}` }, "logo"],
    [{ header_text: "x".repeat(201) }, "header_text"],
    [{ footer_text: "a\u0000b" }, "footer_text"],
    [{ organization_name: "a\u202Eb" }, "organization_name"],
    [{ more: 1 }, ""],
  ])("refuses %j", (input, path) => {
    expect(issues(input)?.[0]?.[0]).toBe(path);
  });
});
