import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isScimError } from "../scim-error";
import type { Filter } from "./filter";
import { parseFilter, parsePath } from "./parse";

/** A filter as it can be read at a glance. */
function shown(filter: Filter): string {
  switch (filter.kind) {
    case "and":
    case "or":
      return `(${filter.operands.map(shown).join(` ${filter.kind} `)})`;
    case "not":
      return `!${shown(filter.operand)}`;
    case "present":
      return `${filter.path.text}?`;
    case "compare":
      return `${filter.path.text} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case "value":
      return `${filter.path.text}[${shown(filter.filter)}]`;
  }
}

describe("parseFilter", () => {
  it.each([
    ['userName eq "a"', 'userName eq "a"'],
    ['  USERNAME   Eq "a" ', 'USERNAME eq "a"'],
    ["title pr", "title?"],
    ["title PR and active eq TRUE", "(title? and active eq true)"],
    ['a eq "1" or b eq "2" and c eq "3"', '(a eq "1" or (b eq "2" and c eq "3"))'],
    ['(a eq "1" or b eq "2") AND c eq "3"', '((a eq "1" or b eq "2") and c eq "3")'],
    ["a pr and b pr and c pr or d pr", "((a? and b? and c?) or d?)"],
    ["not (a pr)", "!a?"],
    ["not(a pr)and b pr", "(!a? and b?)"],
    ["NOT (a pr or not (b pr))", "!(a? or !b?)"],
    ["((((a pr))))", "a?"],
    ['emails[type eq "work"]', 'emails[type eq "work"]'],
    ['emails[type eq "work" and value co "@x"]', 'emails[(type eq "work" and value co "@x")]'],
    ['emails [ not (type eq "work") ]', 'emails[!type eq "work"]'],
    ['emails[type eq "work"].value eq "x"', 'emails[(type eq "work" and value eq "x")]'],
    ['emails[type eq "work"].value pr', 'emails[(type eq "work" and value?)]'],
    ["a eq -1.5e3", "a eq -1500"],
    ["a eq null", "a eq null"],
    ['a eq "\\u0041\\"\\\\\\/ ] ) and"', 'a eq "A\\"\\\\/ ] ) and"'],
    ['a eq ""', 'a eq ""'],
    ['not eq "x"', null],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
      'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
    ],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', 'meta.lastModified gt "2011-05-13T04:42:34Z"'],
    ['members[value eq "x"]', 'members[value eq "x"]'],
  ])("reads %s", (text, expected) => {
    if (expected === null) expect(() => parseFilter(text)).toThrow('"(" after "not"');
    else expect(shown(parseFilter(text))).toBe(expected);
  });

  it.each([
    ["", "Expected an attribute, found the end, at character 1 of the filter."],
    [
      "userName",
      "Expected an operator (eq, ne, co, sw, ew, pr, gt, ge, lt, le) after userName, found the end, at character 9 of the filter.",
    ],
    ['userName is "a"', "after userName, found is, at character 10"],
    [
      "userName eq",
      'Expected a value: "text" in double quotes, a number, true, false or null, found the end',
    ],
    ["userName eq bob", "found bob, at character 13"],
    ["userName eq 'bob'", "found 'bob', at character 13"],
    ["a eq 01", "found 01"],
    ["a eq 1e999", "found 1e999"],
    ['a eq "x', "The text that begins here has no closing quote, at character 6"],
    ['a eq "\\x"', "is no JSON string"],
    ['a eq "\\u0000"', "is no JSON string"],
    ['a eq "\\ud800"', "is no JSON string"],
    ['a eq "1" b eq "2"', 'Expected "and", "or" or the end, found b, at character 10'],
    ["a pr and", "Expected an attribute, found the end"],
    ["(a pr", 'Expected "and", "or" or ")", found the end'],
    ["a pr)", 'Expected "and", "or" or the end, found )'],
    ["emails[type pr", 'Expected "and", "or" or "]", found the end'],
    ["emails[a[b pr]]", "A value filter cannot hold another one"],
    ["emails.value[type pr]", "belongs to an attribute, not to a part of one"],
    ["emails[]", "Expected an attribute, found ]"],
    ["emails[type pr].value", "Expected an operator"],
    ["emails[type pr].a.b pr", "Expected the name of a sub-attribute"],
    ["a.b.c pr", "Expected the name of an attribute, found a.b.c"],
    ["__proto__ pr", "Expected the name of an attribute, found __proto__"],
    ['"userName" eq "a"', 'Expected an attribute, found "userName"'],
    ["()", "Expected an attribute, found )"],
    [`${"(".repeat(33)}a pr${")".repeat(33)}`, "More than 32 brackets"],
    [`${"not (".repeat(33)}a pr${")".repeat(33)}`, "More than 32 brackets"],
    [`a eq "${"x".repeat(4100)}"`, "longer than 4096 characters"],
  ])("refuses %s", (text, detail) => {
    expect(() => parseFilter(text)).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: "invalidFilter",
        detail: expect.stringContaining(detail),
      }),
    );
  });

  it("takes brackets one after the other for as many as there are", () => {
    const text = Array.from({ length: 300 }, () => "(a pr)").join(" or ");
    expect(shown(parseFilter(text))).toContain("a? or a?");
  });

  it("reads or refuses whatever comes, and fails in no other way", () => {
    const piece = fc.constantFrom(
      ...["(", ")", "[", "]", '"', "\\", " ", ".", ":", "urn:", "not", "and", "or", "eq", "pr"],
      ...["emails", "value", '"x"', "1", "true", "null", "\u0000", "\ud800", "é"],
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(" "));
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (filter) => {
        try {
          shown(parseFilter(filter));
        } catch (error) {
          if (!isScimError(error)) throw error;
        }
      }),
      { seed: 20261129 },
    );
  });
});

describe("parsePath", () => {
  it.each([
    ["userName", { urn: null, name: "userName", sub: null, filter: null }],
    ["name.givenName", { name: "name", sub: "givenName" }],
    ["members", { name: "members" }],
    ['emails[type eq "work"]', { name: "emails", sub: null, filter: { kind: "compare" } }],
    [' emails[type eq "work"].value ', { name: "emails", sub: "value", filter: { value: "work" } }],
    [
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
      {
        urn: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        name: "manager",
        sub: "value",
      },
    ],
    [
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
      { urn: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", name: null },
    ],
    ['roles[primary eq "True"].value', { name: "roles", sub: "value" }],
  ])("reads %s", (text, expected) => {
    expect(parsePath(text)).toMatchObject({ ...expected, text });
  });

  it.each([
    "",
    "a b",
    "a.b.c",
    'emails[type eq "x"',
    'emails[type eq "x"]value',
    "a[b pr] c",
    "[a pr]",
    "a eq 1",
  ])("refuses %j", (text) => {
    expect(() => parsePath(text)).toThrow(
      expect.objectContaining({ status: 400, scimType: "invalidPath" }),
    );
  });
});
