import { describe, expect, it } from "vitest";
import { isUnder, NAVIGATION } from "./navigation";
import { themeFrom } from "./theme";

describe("isUnder", () => {
  it.each([
    ["/", "/", true],
    ["/logs/admin", "/", false],
    ["/settings/authentication/login-methods/new", "/settings/authentication", true],
    ["/settings/authentication-x", "/settings/authentication", false],
  ])("%s under %s: %s", (pathname, href, expected) => {
    expect(isUnder(pathname, href)).toBe(expected);
  });

  it("marks at most one link of the sidebar on any page of it", () => {
    const links = NAVIGATION.flatMap((section) => section.links);
    for (const { href } of links) {
      expect(links.filter((link) => isUnder(href, link.href)).map((link) => link.href)).toEqual([
        href,
      ]);
    }
  });
});

describe("themeFrom", () => {
  it.each([
    ["dark", "dark"],
    [undefined, "system"],
    ['"><script>', "system"],
    ["__proto__", "system"],
  ])("reads the cookie %s as %s", (cookie, theme) => {
    expect(themeFrom(cookie)).toBe(theme);
  });
});
