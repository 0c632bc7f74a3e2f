import { expect, it } from "vitest";
import { storable } from "./storable";

it.each([
  ["a\u0000b", "a\uFFFDb"],
  ["\uD83D", "\uFFFD"],
  ["\uDE00x", "\uFFFDx"],
  ["😀", "😀"],
  [{ "k\u0000": ["\u0000", 1, null, true] }, { "k\uFFFD": ["\uFFFD", 1, null, true] }],
])("makes %j fit for jsonb", (value, expected) => {
  expect(storable(value)).toEqual(expected);
});

it("keeps a claim called __proto__ a claim", () => {
  const claims = JSON.parse('{"__proto__": {"admin": true}}');
  const kept = storable(claims);
  expect(JSON.stringify(kept)).toBe('{"__proto__":{"admin":true}}');
  expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
});
