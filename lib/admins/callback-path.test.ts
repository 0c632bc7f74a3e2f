import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeCallbackPath } from "./callback-path";

const ORIGIN = "https://console.example.com";

const SPELLINGS_OF_ELSEWHERE = [
  "//evil.example",
  "///evil.example",
  "////evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "\\/evil.example",
  "/\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/ /evil.example",
  "https:evil.example",
  "https:/evil.example",
  "https://evil.example",
  "HTTPS://evil.example",
  "http:%2f%2fevil.example",
  "//evil.example/%2f..",
  "%2f%2fevil.example",
  "/%2fevil.example",
  "/%2f%2fevil.example",
  "/%5cevil.example",
  "/%5Cevil.example",
  "/%255cevil.example",
  "/%252f%252fevil.example",
  "/%09/evil.example",
  "/%0d%0aLocation:https://evil.example",
  "/./ /evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/a/..//evil.example",
  "/%2e//evil.example",
  "/%2e%2e//evil.example",
  "//user@evil.example",
  "//evil.example:443",
  "//[::1]",
  "javascript:alert(1)",
  "javascript://%0aalert(1)",
  "data:text/html,x",
  "evil.example",
  "@evil.example",
  ".evil.example",
  "?//evil.example",
  "#//evil.example",
  "",
  "/%",
  "/%zz",
  "/\u0000",
  "/\u2028/evil.example",
  `/${"a".repeat(3_000)}`,
];

describe("the path to go to after signing in", () => {
  it.each(SPELLINGS_OF_ELSEWHERE)("does not redirect to another site by %j", (value) => {
    expect(safeCallbackPath(value)).toBe("/");
  });

  it.each([
    ["/settings/authentication"],
    ["/logs/admin?action=admin.role&before=12"],
    ["/settings/custom-pages?highlight=team-name"],
    ["/settings/authentication/login-methods/new?note=https%3A%2F%2Fidp.example#top"],
  ])("keeps %s", (path) => {
    expect(safeCallbackPath(path)).toBe(path);
  });

  it.each(["/login", "/login?callbackUrl=/x", "/setup", "/invite/1", "/api/auth/signout"])(
    "does not go to %s, which is not a page of the console",
    (path) => expect(safeCallbackPath(path)).toBe("/"),
  );

  it.each([undefined, null, 1, ["/a", "/b"], {}])("answers / for %j", (value) => {
    expect(safeCallbackPath(value)).toBe("/");
  });

  it("always stays on the console's origin, whatever is given", () => {
    const piece = fc.constantFrom(
      ..."/\\.%@:?# \t\n".split(""),
      "//",
      "%2f",
      "%5c",
      "..",
      "https:",
      "evil.example",
      "a",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = safeCallbackPath(pieces.join(""));
        expect(path.startsWith("/")).toBe(true);
        expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
        expect(new URL(decodeURIComponent(new URL(path, ORIGIN).pathname), ORIGIN).origin).toBe(
          ORIGIN,
        );
      }),
      { numRuns: 3_000 },
    );
  });
});
