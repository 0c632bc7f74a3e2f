import { describe, expect, it } from "vitest";
import { apiOf, originOf, personApiAt, scopesFor } from "./address";

describe("the address of a GitHub", () => {
  it.each([
    ["github.com", "https://github.com"],
    ["https://github.com/acme/wiki", "https://github.com"],
    ["https://www.github.com", "https://github.com"],
    ["https://api.github.com/user", "https://github.com"],
    ["https://acme.ghe.com/", "https://acme.ghe.com"],
    ["https://api.acme.ghe.com", "https://acme.ghe.com"],
    ["https://github.acme.test:8443/api/v3/", "https://github.acme.test:8443"],
    ["http://localhost:4407", "http://localhost:4407"],
    ["", null],
    ["https://ada:pw@github.com", null],
    ["ftp://github.com", null],
  ])("is found in %j", (typed, origin) => expect(originOf(typed)).toBe(origin));

  it.each([
    ["https://github.com", "https://api.github.com"],
    ["https://acme.ghe.com", "https://api.acme.ghe.com"],
    ["https://github.acme.test:8443", "https://github.acme.test:8443/api/v3"],
    // A look-alike is a server of its own, and gets none of GitHub's.
    ["https://github.com.evil.test", "https://github.com.evil.test/api/v3"],
    ["https://evilghe.com", "https://evilghe.com/api/v3"],
  ])("of %s leads to the API %s", (origin, api) => expect(apiOf(origin)).toBe(api));

  it("asks for no groups, and for no scope to read them, unless they are wanted", () => {
    expect(personApiAt("https://github.com", false).groups).toEqual([]);
    expect(scopesFor(false)).toEqual(["read:user", "user:email"]);
    expect(scopesFor(true)).toContain("read:org");
  });
});
