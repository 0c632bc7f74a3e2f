import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { isCheckCredential, makeCheckCredential } from "./check-credential";

const method = randomUUID();
const NOW = 1_800_000_000_000;
const made = makeCheckCredential(method, NOW);

it("opens the endpoint of its login method, for two minutes", () => {
  expect(isCheckCredential(made, method, NOW)).toBe(true);
  expect(isCheckCredential(made, method, NOW + 119_999)).toBe(true);
  expect(isCheckCredential(made, method, NOW + 120_000)).toBe(false);
});

it.each([
  ["another login method's", made, randomUUID()],
  ["none", null, method],
  ["a prefix alone", "check.", method],
  ["a changed one", `${made.slice(0, -2)}AA`, method],
  ["a time that nobody sealed", `check.${NOW + 1}`, method],
  ["one without its prefix", made.slice("check.".length), method],
])("is not %s", (_, presented, id) => {
  expect(isCheckCredential(presented, id, NOW)).toBe(false);
});
