import { expect, test } from "vitest";
import { baseOf } from "./web-url";

test.each([
  ["id.example.com/", "https://id.example.com"],
  ["https://id.example.com/a//", "https://id.example.com/a"],
  ["http://id.example.com:8080/a?b#c", "http://id.example.com:8080/a"],
])("the base of %s", (typed, base) => {
  expect(baseOf(typed)).toBe(base);
});

test("an address made of slashes to hold up the server has no base", () => {
  expect(baseOf(`https://id.example.com${"/".repeat(250_000)}x`)).toBeNull();
});
