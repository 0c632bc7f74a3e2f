import { describe, expect, test } from "vitest";
import { environmentOf } from "./environment";

const ID = "0e8f8b2c-1111-2222-3333-444455556666";

describe("an environment of PingOne", () => {
  test.each([
    [`https://auth.pingone.eu/${ID}/as/.well-known/openid-configuration`, "eu"],
    [`auth.pingone.com.au/${ID}?x=1`, "com.au"],
    [`https://console.pingone.eu/index.html?env=${ID}#x`, "eu"],
  ])("is taken from %s", (typed, region) => {
    expect(environmentOf(typed, "com")).toEqual({ id: ID, region, pasted: true });
  });

  test.each([
    `https://auth.pingone.eu/${ID}0/as`,
    `https://auth.pingone.eu.evil.example/${ID}/as`,
    "https://auth.pingone.eu/",
  ])("is not in %s", (typed) => {
    expect(environmentOf(typed, "com")).toBeNull();
  });

  test("is not looked for in a text that was made to hold up the server", () => {
    const typed = `https://auth.pingone.nowhere/${`${ID}/`.repeat(7000)}\nx`;
    expect(environmentOf(typed, "com")).toBeNull();
  });
});
