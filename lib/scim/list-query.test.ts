import { describe, expect, it } from "vitest";
import { readListQuery } from "./list-query";

const read = (query: string) => readListQuery(new URLSearchParams(query), "User");

describe("readListQuery", () => {
  it.each<[string, object]>([
    [
      "",
      {
        filter: null,
        sortBy: null,
        sortOrder: "ascending",
        startIndex: 1,
        count: 100,
        cursor: undefined,
      },
    ],
    ["startIndex=0&count=-1", { startIndex: 1, count: 0 }],
    ["startIndex=-5&count=0", { startIndex: 1, count: 0 }],
    ["startIndex=3&count=5000", { startIndex: 3, count: 1000 }],
    ["startindex=3&COUNT=5", { startIndex: 3, count: 5 }],
    ["startIndex=&count=", { startIndex: 1, count: 100 }],
    ["startIndex=99999999999999999999", { startIndex: 1_000_000_000 }],
    ["sortBy=userName&sortOrder=Descending", { sortBy: "userName", sortOrder: "descending" }],
    ["cursor", { cursor: null }],
    ["cursor=&count=10", { cursor: null, count: 10 }],
    ["cursor=abc", { cursor: "abc" }],
    ["filter=", { filter: null }],
    ['filter=userName eq "a"', { filter: { kind: "compare", operator: "eq", value: "a" } }],
  ])("of %s", (query, expected) => {
    expect(read(query)).toMatchObject(expected);
  });

  it("reads the body of a search", () => {
    const body = { filter: "title pr", startIndex: 2, count: 3, cursor: "", attributes: ["id"] };
    expect(readListQuery(body, "User")).toMatchObject({
      filter: { kind: "present" },
      startIndex: 2,
      count: 3,
      cursor: null,
      selection: { only: [{ name: "id" }] },
    });
  });

  it.each<[unknown, string, string]>([
    [new URLSearchParams("count=ten"), "invalidValue", "count must be a whole number."],
    [new URLSearchParams("count=1.5"), "invalidValue", "count must be a whole number."],
    [new URLSearchParams("count=x&cursor="), "invalidCount", "count must be a whole number."],
    [new URLSearchParams("startIndex=one"), "invalidValue", "startIndex must be a whole number."],
    [
      new URLSearchParams("sortOrder=up"),
      "invalidValue",
      "sortOrder must be ascending or descending.",
    ],
    [{ filter: 5 }, "invalidValue", "filter must be text."],
    [{ cursor: 5 }, "invalidCursor", "cursor must be text: empty for the first page."],
    [{ count: [] }, "invalidValue", "count must be a whole number."],
    [[], "invalidSyntax", "The body must be a SearchRequest: a JSON object."],
    [null, "invalidSyntax", "The body must be a SearchRequest: a JSON object."],
  ])("refuses %j with %s", (asked, scimType, detail) => {
    expect(() => readListQuery(asked, "User")).toThrow(
      expect.objectContaining({ status: 400, scimType, detail }),
    );
  });

  it("has one fingerprint for all pages of a query, and another for another query", () => {
    const of = (query: string) => read(query).fingerprint;
    expect(of("filter=title pr&count=5&cursor=")).toBe(of("filter=title pr&count=9&cursor=abc"));
    expect(of("filter=title pr")).not.toBe(of("filter=active pr"));
    expect(of("sortBy=title")).not.toBe(of("sortBy=userName"));
    expect(of("")).not.toBe(readListQuery(new URLSearchParams(), "Group").fingerprint);
  });
});
