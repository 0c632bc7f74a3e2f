import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { destinationSchema, destinationText, parseDestination } from "./destination";

const read = (text: string) => {
  const parsed = parseDestination(text);
  return parsed && destinationText(parsed);
};

describe("a public hostname", () => {
  it.each([
    ["app.example.com", "app.example.com"],
    [" https://App.Example.COM/ ", "app.example.com"],
    ["app.example.com/*", "app.example.com"],
    ["app.example.com/admin//", "app.example.com/admin"],
    ["app.example.com/Admin/*/edit", "app.example.com/Admin/*/edit"],
    ["*.example.com", "*.example.com"],
    ["app-*.example.com:8443/x", "app-*.example.com:8443/x"],
    ["bücher.example.com", "xn--bcher-kva.example.com"],
    ["*.bücher.example.com", "*.xn--bcher-kva.example.com"],
    ["localhost", "localhost"],
    ["192.0.2.7:8080", "192.0.2.7:8080"],
  ])("%j is read as %j", (text, spelling) => {
    expect(read(text)).toBe(spelling);
  });

  it.each([
    "",
    "bü*cher.example.com",
    "app。example.com",
    "１２７.0.0.1",
    "*",
    "*.*",
    "*.com.*.*",
    "a**.example.com",
    "a*b*.example.com",
    "-app.example.com",
    "app..example.com",
    "app.example.com:0",
    "app.example.com:80:80",
    "app.example.com:65536",
    "ada@example.com",
    "app.example.com/../secret",
    "app.example.com/./x",
    "app.example.com/a//b",
    "app.example.com/a%2Fb",
    "app.example.com/a;b",
    "app.example.com/a\\b",
    "app.example.com/a**",
    "app.example.com/?q=1",
    "app.example.com/#top",
    "ftp://app.example.com",
    `${"a".repeat(64)}.example.com`,
    `${"a.".repeat(130)}com`,
    `app.example.com/${"a".repeat(501)}`,
  ])("%j is refused", (text) => {
    expect(read(text)).toBeNull();
  });

  it.each(["app.example.com/a.", "app.example.com/a./b", "app.example.com/..."])(
    "%j cannot be saved, for nobody could open it",
    (text) => expect(destinationSchema.safeParse(text).error?.issues[0]?.message).toMatch(/dot/),
  );

  it("has one spelling: what was read reads the same again", () => {
    const texts = fc.stringMatching(
      /^[a-zA-Z*-]{1,5}(\.[a-z*]{1,4}){1,3}(:[0-9]{1,5})?(\/[a-z.*]{0,4}){0,3}$/,
    );
    fc.assert(
      fc.property(texts, (text) => {
        const once = read(text);
        if (once !== null) expect(read(once)).toBe(once);
      }),
    );
  });
});
