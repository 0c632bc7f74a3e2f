import { describe, expect, it } from "vitest";
import { project, readSelection, wants } from "./projection";
import { ENTERPRISE_URN, USER_URN } from "./schema";

const BADGE = "urn:example:2.0:Badge";
const ada = {
  schemas: [USER_URN, ENTERPRISE_URN, BADGE],
  id: "1",
  userName: "ada",
  name: { givenName: "Ada", familyName: "Lovelace" },
  emails: [{ value: "ada@example.com", type: "work" }, { value: "ada@home.example" }],
  active: false,
  [ENTERPRISE_URN]: { department: "Engines", manager: { value: "7", displayName: "Charles" } },
  [BADGE]: { colour: "red", size: { w: 1, h: 2 } },
  password: "never",
  meta: { resourceType: "User", created: "2026-01-01T00:00:00Z" },
};
const always = { schemas: ada.schemas, id: "1" };
const { password: _, ...byDefault } = ada;
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(byDefault).filter(([name]) => !names.includes(name)));
const shown = (attributes: string, excludedAttributes = "") =>
  project(ada, readSelection(new URLSearchParams({ attributes, excludedAttributes })), "User");

describe("project", () => {
  it.each<[string, unknown]>([
    ["", byDefault],
    ["userName", { ...always, userName: "ada" }],
    ["USERNAME, active", { ...always, userName: "ada", active: false }],
    [`${USER_URN}:userName`, { ...always, userName: "ada" }],
    ["name.familyname", { ...always, name: { familyName: "Lovelace" } }],
    ["name.familyName,name", { ...always, name: ada.name }],
    ["emails.type", { ...always, emails: [{ type: "work" }] }],
    ["meta.created", { ...always, meta: { created: ada.meta.created } }],
    [`${ENTERPRISE_URN}`, { ...always, [ENTERPRISE_URN]: ada[ENTERPRISE_URN] }],
    [
      `${ENTERPRISE_URN.toUpperCase()}:Manager.displayName`,
      { ...always, [ENTERPRISE_URN]: { manager: { displayName: "Charles" } } },
    ],
    [BADGE, { ...always, [BADGE]: ada[BADGE] }],
    [`${BADGE}:size.w`, { ...always, [BADGE]: { size: { w: 1 } } }],
    [USER_URN, without(ENTERPRISE_URN, BADGE)],
    ["password", always],
    ["nope,no pe,userName.x", always],
  ])("with attributes=%s", (attributes, expected) => {
    expect(shown(attributes)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ["emails,meta", without("emails", "meta")],
    ["id,schemas", byDefault],
    ["name.givenName", { ...byDefault, name: { familyName: "Lovelace" } }],
    ["name.givenName,name.familyName", without("name")],
    ["emails.type", { ...byDefault, emails: ada.emails.map(({ value }) => ({ value })) }],
    [ENTERPRISE_URN, without(ENTERPRISE_URN)],
    [`${ENTERPRISE_URN}:manager`, { ...byDefault, [ENTERPRISE_URN]: { department: "Engines" } }],
    [`${BADGE}:size`, { ...byDefault, [BADGE]: { colour: "red" } }],
  ])("with excludedAttributes=%s", (excluded, expected) => {
    expect(shown("", excluded)).toEqual(expected);
  });

  it("takes the excluded out of what was asked for", () => {
    expect(shown("name,userName", "name.givenName")).toEqual({
      ...always,
      userName: "ada",
      name: { familyName: "Lovelace" },
    });
  });

  it("reads lists in the body of a search", () => {
    const selection = readSelection({ attributes: ["userName", "id"], excludedAttributes: null });
    expect(project(ada, selection, "User")).toEqual({ ...always, userName: "ada" });
    expect(() => readSelection({ attributes: [1] })).toThrow("attributes must be a list");
  });
});

describe("wants", () => {
  it.each([
    ["", "", true],
    ["displayName", "", false],
    ["members.value", "", true],
    ["urn:ietf:params:scim:schemas:core:2.0:Group:Members", "", true],
    ["urn:ietf:params:scim:schemas:core:2.0:Group", "", true],
    ["", "MEMBERS", false],
    ["", "members.display", true],
    ["members", "members", false],
  ])("members with attributes=%s and excludedAttributes=%s: %s", (only, except, expected) => {
    const selection = readSelection({ attributes: only, excludedAttributes: except });
    expect(wants(selection, "members")).toBe(expected);
  });
});
