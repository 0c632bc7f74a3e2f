import { describe, expect, it } from "vitest";
import { addTags, matchingSuggestions } from "./tag-values";

const limits = { max: 3, separators: /[,\n\r]/ };

describe("addTags", () => {
  it.each([
    ["adds one value, trimmed", [], "  groups ", ["groups"], "Added groups."],
    ["splits on commas and lines", [], "a, b\r\nc", ["a", "b", "c"], "Added a, b, c."],
    ["keeps a space inside a value", [], "job title", ["job title"], "Added job title."],
    ["leaves out a repeat, and says so", ["a"], "a", ["a"], "a is already in the list."],
    ["compares exactly", ["Groups"], "groups", ["Groups", "groups"], "Added groups."],
    ["adds a value pasted twice once", [], "a,a", ["a"], "Added a."],
    ["ignores what is empty", ["a"], " , \n", ["a"], ""],
    [
      "stops at the most, and says how many were left out",
      ["a", "b"],
      "c,d,e",
      ["a", "b", "c"],
      "Added c. 2 not added: the list holds at most 3.",
    ],
  ])("%s", (_, current, text, value, said) => {
    expect(addTags(current, text, limits)).toEqual({ value, said });
  });

  it("splits on spaces where the field says so", () => {
    const scopes = addTags([], "openid email", { max: 9, separators: /[\s,]/ });
    expect(scopes.value).toEqual(["openid", "email"]);
  });
});

describe("matchingSuggestions", () => {
  const all = ["groups", "roles", "user_groups"].map((value) => ({ value }));
  const values = (current: string[], typed: string) =>
    matchingSuggestions(all, current, typed).map(({ value }) => value);

  it("offers what starts with the text before what holds it, whatever the case", () => {
    expect(values([], "GRO")).toEqual(["groups", "user_groups"]);
  });

  it("does not offer what is in the list", () => {
    expect(values(["groups"], "")).toEqual(["roles", "user_groups"]);
  });

  it("finds an id by what people call it", () => {
    const named = [{ value: "0a1b", label: "Engineering" }, { value: "eng" }, { value: "x" }];
    expect(matchingSuggestions(named, [], "eng").map(({ value }) => value)).toEqual([
      "0a1b",
      "eng",
    ]);
  });
});
