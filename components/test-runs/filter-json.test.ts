import { describe, expect, it } from "vitest";
import { filterJson } from "./filter-json";

const value = {
  email: "ada@example.com",
  groups: ["Engineering", "Zürich office"],
  org: { unit: { name: "Engineering unit", floor: 3 }, active: true },
  nothing: null,
};

describe("JSON that is searched", () => {
  it.each([
    ["", value],
    ["EMAIL", { email: "ada@example.com" }],
    ["engineering", { groups: ["Engineering"], org: { unit: { name: "Engineering unit" } } }],
    ["unit", { org: { unit: { name: "Engineering unit", floor: 3 } } }],
    ["3", { org: { unit: { floor: 3 } } }],
    ["true", { org: { active: true } }],
    ["no such thing", undefined],
  ])("for %j", (text, expected) => {
    expect(filterJson(value, text)).toEqual(expected);
  });

  it("keeps a member that is called __proto__ as a member", () => {
    const hostile = JSON.parse('{"__proto__":{"admin":"yes"}}');
    expect(JSON.stringify(filterJson(hostile, "admin"))).toBe('{"__proto__":{"admin":"yes"}}');
  });
});
