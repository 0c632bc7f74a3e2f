import { expect, test } from "vitest";
import { nextLink } from "./paging";

const page = new URL("https://idp.example/api/groups?limit=200");

test.each([
  ["<https://idp.example/api/groups?after=2>; rel=next", "https://idp.example/api/groups?after=2"],
  ['</api/groups?after=3>; title="x"; rel="next"', "https://idp.example/api/groups?after=3"],
  [
    '<https://idp.example/a>; rel="self", <?after=4>; rel="next"',
    "https://idp.example/api/groups?after=4",
  ],
  ['<https://idp.example/a>; rel="prev"', undefined],
])("the next page in %s", (header, expected) => {
  expect(nextLink(header, page)?.href).toBe(expected);
});

test("a Link header made of opening brackets is read once, not once for each of them", () => {
  const header = `${"<".repeat(16_000)}https://idp.example/api/groups?after=5>; rel="next"`;
  expect(nextLink(header, page)?.href).toBe("https://idp.example/api/groups?after=5");
});
