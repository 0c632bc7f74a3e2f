import { expect, it } from "vitest";
import { presentedSecret } from "./presented-secret";

it.each([
  ["Bearer abc", "abc"],
  ["bearer abc", "abc"],
  ["BEARER   abc ", "abc"],
  ["abc", "abc"],
  ["bearerabc", "bearerabc"],
  ["Bearer", "Bearer"],
  ["", null],
  [null, null],
  ["Bearer a b", null],
  ["Basic YTpi", null],
  ["x".repeat(501), null],
])("reads %j as %j", (header, secret) => {
  expect(presentedSecret(header)).toBe(secret);
});
