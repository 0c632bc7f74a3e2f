import { describe, expect, it } from "vitest";
import { localPath } from "./local-path";
import { lures } from "./testing-lures";

const ORIGIN = "https://app.example.com";

describe("a path to come back to", () => {
  it.each([
    ["/", "/"],
    ["/reports", "/reports"],
    ["/reports/2026?month=5&x=%2F%5C", "/reports/2026?month=5&x=%2F%5C"],
    ["/a?next=https://elsewhere.example/", "/a?next=https://elsewhere.example/"],
    ["/group%2Fproject/-/issues", "/group%2Fproject/-/issues"],
    ["/@ada/posts", "/@ada/posts"],
    ["/a:b@c", "/a:b@c"],
    ["/über uns", "/%C3%BCber%20uns"],
    ["/a/../b", "/b"],
    ["/a#part", "/a"],
    ["/a//b", "/a//b"],
  ])("%s stays", (text, path) => {
    expect(localPath(text, ORIGIN)).toBe(path);
  });

  it.each([[null], [undefined], [""], [`/${"x".repeat(3000)}`]])(
    "nothing usable: %.20j",
    (text) => {
      expect(localPath(text, ORIGIN)).toBeNull();
    },
  );
});

const HOSTS = ["evil.example", "127.0.0.1", "xn--80ak6aa92e.com", "0x7f.1", "２．２．２．２"];
const CORPUS = lures("app.example.com", HOSTS);

describe("open redirect", () => {
  it(`none of ${CORPUS.length} lures is taken for a path`, () => {
    expect(CORPUS.length).toBeGreaterThan(400);
    expect(CORPUS.filter((text) => localPath(text, ORIGIN) !== null)).toEqual([]);
  });

  it("what is taken leads to the application alone, in a Location header too", () => {
    const odd = Array.from({ length: 0x300 }, (_, code) => String.fromCharCode(code));
    const texts = odd.flatMap((char) => [
      `/${char}/evil.example`,
      `/${char}`,
      `/a${char}//b`,
      char,
    ]);
    for (const text of texts) {
      const path = localPath(text, ORIGIN);
      if (path === null) continue;
      expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
      expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
      expect(new URL(ORIGIN + path).origin).toBe(ORIGIN);
    }
  });
});
