import { expect, it } from "vitest";
import { withFormerName } from "./former-names";

const NOW = Date.UTC(2026, 10, 29);
const IN_30_DAYS = "2026-12-29T00:00:00.000Z";
const later = { name: "one", until: "2026-12-01T00:00:00.000Z" };
const over = { name: "two", until: "2026-11-28T00:00:00.000Z" };

it.each([
  ["the name of before", [], "acme", "umbrella", ["acme"]],
  ["those that still lead here", [later, over], "acme", "umbrella", ["one", "acme"]],
  ["none that is the name again", [later], "acme", "one", ["acme"]],
  ["nothing where there was no name", [], null, "acme", []],
])("keeps %s", (_what, former, was, is, names) => {
  const kept = withFormerName(former, was, is, NOW);
  expect(kept.map(({ name }) => name)).toEqual(names);
  if (was) expect(kept.at(-1)?.until).toBe(IN_30_DAYS);
});
